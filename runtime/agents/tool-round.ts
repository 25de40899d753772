import { isJsonObject, type Json, type JsonObject } from "#common/json.ts";
import type { ChatMessage, ModelToolCall } from "#protocol/wire/requests.ts";
import { problemsText } from "../schema/field-problem.ts";
import { validateFields } from "../schema/validate.ts";
import { type OfferedTool, recordedName, ToolFailure } from "../tools/offered-tool.ts";
import { runToolCall } from "../tools/run-tool-call.ts";
import type { TurnContext } from "./turn-context.ts";

/** What became of the tool calls of one model answer. */
export interface ToolRound {
  readonly messages: readonly ChatMessage[];
  /** `done` ran: the turn is over, calls after it were not looked at. */
  readonly done: boolean;
}

/** Runs the calls of one answer in order. Failures become results that the model reads. */
export function runToolCalls(turn: TurnContext, calls: readonly ModelToolCall[]): ToolRound {
  const messages: ChatMessage[] = [];
  for (const call of calls) {
    const tool = findOffered(turn, call.tool);
    const outcome = tool ? runOffered(turn, tool, call.arguments) : refuse(turn, call.tool);
    messages.push({ role: "tool", callId: call.id, tool: call.tool, ...outcome });
    if (tool && recordedName(tool) === "done" && !outcome.failed) return { messages, done: true };
  }
  return { messages, done: false };
}

interface Outcome {
  readonly result: Json;
  readonly failed: boolean;
}

/** Some models leave out the `<agent>_` of an inline tool. */
export function findOffered(turn: TurnContext, name: string): OfferedTool | undefined {
  const prefixed = `${turn.agent}_${name}`;
  return turn.tools.find((tool) => tool.name === name) ?? turn.tools.find((tool) => tool.name === prefixed);
}

/** A call of something that this turn does not offer is never run, whoever declared it. */
function refuse(turn: TurnContext, name: string): Outcome {
  const offered = turn.tools.map((tool) => tool.name).join(", ") || "none";
  turn.environment.ports.emit({
    type: "log",
    level: "warn",
    message: `The model of agent '${turn.agent}' asked for the tool '${name}', which this turn does not offer; it was not run.`,
    data: { offered: turn.tools.map((tool) => tool.name) },
    ...turn.at,
  });
  return {
    result: { error: `The tool '${name}' is not offered in this turn. Offered: ${offered}.` },
    failed: true,
  };
}

function runOffered(turn: TurnContext, tool: OfferedTool, parameters: Json): Outcome {
  const { recorder, mocks } = turn.environment;
  const start = {
    tool: recordedName(tool),
    zone: tool.zone,
    arguments: parameters,
    by: "agent",
    turn: turn.number,
    ...turn.at,
  } as const;
  try {
    const answer = runToolCall(start, { recorder, mocks }, (edited) =>
      tool.invoke(checkedArguments(tool, edited ?? parameters), { by: "agent", ...turn.at }),
    );
    turn.toolCalls.push({ tool: start.tool, arguments: parameters, result: answer.value });
    return { result: answer.value, failed: false };
  } catch (thrown) {
    if (!(thrown instanceof ToolFailure)) throw thrown;
    const result = { error: thrown.message };
    turn.toolCalls.push({ tool: start.tool, arguments: parameters, result });
    return { result, failed: true };
  }
}

function checkedArguments(tool: OfferedTool, parameters: Json): JsonObject {
  if (!tool.input) {
    if (isJsonObject(parameters)) return parameters;
    if (parameters === null || (Array.isArray(parameters) && parameters.length === 0)) return {};
  }
  const checked = validateFields(tool.input ?? {}, parameters ?? undefined, {
    what: "argument",
    applyDefaults: true,
  });
  if (checked.ok) return checked.value;
  throw new ToolFailure("input-invalid", problemsText(`Tool '${tool.name}'`, checked.error));
}

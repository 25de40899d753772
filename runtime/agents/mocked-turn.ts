import type { Json, JsonObject } from "#common/json.ts";
import type { ModelToolCall } from "#protocol/wire/requests.ts";
import type { MockedTurn } from "../mocks/mock-book.ts";
import { recordedName, ToolFailure } from "../tools/offered-tool.ts";
import { runToolCall } from "../tools/run-tool-call.ts";
import type { Conversation } from "./conversation.ts";
import { parseAnswer } from "./structured-output.ts";
import { findOffered, runToolCalls } from "./tool-round.ts";
import type { TurnContext } from "./turn-context.ts";

/** A turn that a mock answers: no model is asked. Its calls are recorded, and run only when the mock says so. */
export function mockedTurn(
  turn: TurnContext,
  mocked: MockedTurn,
  conversation: Conversation,
  userMessage: string | undefined,
): { readonly text: string; readonly output: Json } {
  if (userMessage) conversation.add({ role: "user", text: userMessage });
  if (mocked.runTools) runListedCalls(turn, mocked, conversation);
  else for (const call of mocked.toolCalls) recordListedCall(turn, mocked, call.tool, call.arguments);
  conversation.add({ role: "assistant", text: mocked.message, toolCalls: [] });
  return { text: mocked.message, output: mocked.data ?? parseAnswer(mocked.message) };
}

/** The calls go the way of a model's calls: offered or refused, checked, run, recorded. */
function runListedCalls(turn: TurnContext, mocked: MockedTurn, conversation: Conversation): void {
  if (mocked.toolCalls.length === 0) return;
  const toolCalls = mocked.toolCalls.map(
    (call, index): ModelToolCall => ({ id: `mock_${turn.number}_${index + 1}`, ...call }),
  );
  conversation.add({ role: "assistant", text: "", toolCalls });
  conversation.add(...runToolCalls(turn, toolCalls).messages);
}

/** The tool's own mock gives the result; else a fixed one. */
function recordListedCall(turn: TurnContext, mocked: MockedTurn, name: string, parameters: JsonObject): void {
  const offered = findOffered(turn, name);
  const tool = offered ? recordedName(offered) : name;
  const { recorder, mocks } = turn.environment;
  const start = {
    tool,
    zone: offered?.zone ?? "lua",
    arguments: parameters,
    by: "agent",
    turn: turn.number,
    ...turn.at,
  } as const;
  let result: Json;
  try {
    const run = { recorder, mocks };
    result = runToolCall(start, run, (edited) => ({
      value: fixedResult(tool, edited ?? parameters, mocked.message),
    })).value;
  } catch (thrown) {
    if (!(thrown instanceof ToolFailure)) throw thrown;
    result = { error: thrown.message };
  }
  turn.toolCalls.push({ tool, arguments: parameters, result });
}

function fixedResult(tool: string, parameters: JsonObject, message: string): Json {
  if (tool !== "done") return { tool, args: parameters };
  return parameters["reason"] ?? (message || "Task completed (mocked)");
}

import { errorText } from "#common/error-text.ts";
import type { Decoded } from "../schema/decoded.ts";
import type { OfferedTool } from "../tools/offered-tool.ts";
import { codeOf } from "../vm/procedure-failure.ts";
import type { Agent } from "./agent.ts";
import type { TurnResult } from "./agent-definition.ts";
import { type ScriptedAnswer, ScriptedRun, scriptedTool } from "./scripted-run.ts";

/** Gives a table; its argument is required. */
export const lookup: OfferedTool = scriptedTool(
  "lookup",
  { word: { type: "string", required: true } },
  (args) => ({
    meaning: `of ${args["word"]}`,
  }),
);
/** Fails for 13; its argument has a default. */
export const risky: OfferedTool = scriptedTool(
  "risky",
  { times: { type: "integer", required: false, default: 2 } },
  (args) => (args["times"] === 13 ? new Error("unlucky") : { times: args["times"] ?? null }),
);
const done: OfferedTool = scriptedTool("done", { reason: { type: "string", required: false } }, (args) => ({
  status: "completed",
  reason: args["reason"] ?? "Task completed",
  tool: "done",
}));
/** All three. */
export const tools: readonly OfferedTool[] = [lookup, risky, done];

/** Code and message of what an action throws. */
export function failureOf(action: () => unknown): { code: string | undefined; message: string } {
  try {
    action();
  } catch (thrown) {
    return { code: codeOf(thrown), message: errorText(thrown) };
  }
  throw new Error("nothing was thrown");
}

/** One turn of an agent with these tools. */
export function turn(
  answers: readonly ScriptedAnswer[],
  table: { [field: string]: Decoded } = {},
  argument: Decoded = "go",
): { readonly run: ScriptedRun; readonly agent: Agent; readonly result: TurnResult } {
  const run = new ScriptedRun({ answers, tools });
  const agent = run.agent(table);
  return { run, agent, result: run.call(agent, argument) };
}

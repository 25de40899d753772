import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { DebugProtocol } from "@vscode/debugprotocol";
import fc from "fast-check";
import { fail } from "#common/result.ts";
import { hasUnseen } from "#common/visible-text.ts";
import { DebugAdapter } from "#debug-adapter/adapter.ts";
import type { RunEventBody } from "#protocol/events/events.ts";
import { noUsage } from "#protocol/events/usage.ts";
import { journalFile, runFolder } from "#runs/journal/journal-folder.ts";
import { newRunId } from "#runs/journal/run-id.ts";
import { damagedJson } from "./damaged.ts";
import type { Target } from "./hostile-input.ts";

const workspace = mkdtempSync(path.join(tmpdir(), "tactus-debug-requests-"));
const run = newRunId();
const at = { file: "a.tac", line: 3 };
const usage = noUsage;
const bodies: readonly RunEventBody[] = [
  {
    ...{ type: "run.started", run, file: "a.tac", procedure: "main", input: { topic: "\u001b[2J" } },
    ...{ isolation: "embedded", manifest: "", ungranted: [], resumed: false },
  } as RunEventBody,
  { type: "state", key: "\u202etotal", value: { __proto__: 1, list: [1, "\u001b]0;x\u0007"] } },
  { type: "checkpoint", index: 1, kind: "step", name: "one", replayed: false, value: 1, durationMs: 0, at },
  { type: "turn.started", turn: 1, agent: "clerk", model: "m", tools: ["find"], at },
  { type: "tool.called", call: 1, tool: "find", zone: "lua", arguments: {}, by: "agent", turn: 1, at },
  { type: "human.requested", request: "q1", kind: "approval", message: "Send\u0007?", at },
  {
    type: "run.finished",
    status: "failed",
    error: { code: "lua-error", message: "{no}" },
    durationMs: 1,
    usage,
  },
];
const lines = bodies.map((body, index) =>
  JSON.stringify({ seq: index + 1, time: "2026-11-25T10:00:00Z", ...body }),
);
mkdirSync(runFolder(workspace, run), { recursive: true });
writeFileSync(path.join(runFolder(workspace, run), journalFile), `${lines.join("\n")}\n`);

const source = { path: path.join(workspace, "a.tac") };
const opening = [
  { command: "initialize", arguments: { adapterID: "tactus", linesStartAt1: true, pathFormat: "path" } },
  { command: "launch", arguments: { cwd: workspace, run } },
  { command: "configurationDone" },
];
const requests = [
  ...opening,
  { command: "setBreakpoints", arguments: { source, breakpoints: [{ line: 2, condition: "x > 1" }] } },
  {
    command: "setFunctionBreakpoints",
    arguments: { breakpoints: [{ name: "tool:find", hitCondition: "2" }] },
  },
  { command: "setDataBreakpoints", arguments: { breakpoints: [{ dataId: "total" }] } },
  {
    command: "setExceptionBreakpoints",
    arguments: { filters: ["all"], filterOptions: [{ filterId: "tool" }] },
  },
  { command: "dataBreakpointInfo", arguments: { name: "state.total", variablesReference: 1 } },
  { command: "breakpointLocations", arguments: { source, line: 1, endLine: 9 } },
  { command: "threads" },
  { command: "stackTrace", arguments: { threadId: 1, startFrame: 0, levels: 20 } },
  { command: "scopes", arguments: { frameId: 1 } },
  { command: "variables", arguments: { variablesReference: 2, filter: "named", start: 0, count: 10 } },
  { command: "setVariable", arguments: { variablesReference: 2, name: "total", value: "1" } },
  { command: "setExpression", arguments: { expression: "state.total", value: "1", frameId: 1 } },
  { command: "evaluate", arguments: { expression: "state.list[2]", frameId: 1, context: "repl" } },
  { command: "completions", arguments: { text: "sta", column: 4, frameId: 1 } },
  { command: "exceptionInfo", arguments: { threadId: 1 } },
  { command: "loadedSources", arguments: {} },
  { command: "gotoTargets", arguments: { source, line: 3 } },
  { command: "goto", arguments: { threadId: 1, targetId: 1 } },
  { command: "restartFrame", arguments: { frameId: 1 } },
  ...["continue", "next", "stepIn", "stepOut", "stepBack", "reverseContinue", "pause"].map((command) => ({
    command,
    arguments: { threadId: 1 },
  })),
  { command: "restart", arguments: { arguments: { run } } },
  { command: "terminate", arguments: {} },
  { command: "disconnect", arguments: { suspendDebuggee: true } },
];

/** Nothing is started for a client that only means harm. */
const host = {
  replay: async () => undefined,
  start: async () => fail({ code: "engine-unreachable", message: "none", exitCode: 3 } as const),
};

/**
 * Whatever a client asks in whatever order, each request is answered exactly once, no answer holds anything that steers a
 * terminal, and the adapter goes on.
 */
export const debugRequests: Target<readonly string[]> = {
  inputs: fc.array(damagedJson(requests), { minLength: 1, maxLength: 8 }),
  check: async (texts) => {
    const asked = [...opening, ...texts.map(plainRequest)].map((one, index) => ({ ...one, seq: index + 1 }));
    const answered = await answersOf(asked);
    assert.deepEqual(
      answered.map(({ request_seq }) => request_seq).sort((a, b) => a - b),
      asked.map(({ seq }) => seq),
    );
  },
  close: () => rmSync(workspace, { recursive: true, force: true }),
};

/** A message that is none at all costs itself only; here each is one. */
function plainRequest(text: string): object {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === "object" && value !== null && !Array.isArray(value)) return value;
  } catch {
    // A name that was replaced by another value.
  }
  return { command: "threads" };
}

/** What a client would draw of a message. */
function drawnTexts(value: unknown, key = ""): readonly string[] {
  if (typeof value === "string")
    return ["path", "evaluateName", "command", "dataId"].includes(key) ? [] : [value];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, field]) =>
    drawnTexts(field, Array.isArray(value) ? key : name),
  );
}

function answersOf(asked: readonly object[]): Promise<readonly DebugProtocol.Response[]> {
  const adapter = new DebugAdapter(host);
  const answers: DebugProtocol.Response[] = [];
  return new Promise((resolve, reject) => {
    adapter.onDidSendMessage((message) => {
      const sent = message as DebugProtocol.ProtocolMessage;
      const steering = drawnTexts(sent).find((text) => hasUnseen(text.replace(/[\n\t]/g, "")));
      if (steering !== undefined) reject(new Error(`It would steer a terminal: ${JSON.stringify(steering)}`));
      if (sent.type !== "response") return;
      answers.push(sent as DebugProtocol.Response);
      if (answers.length === opening.length) send(asked.slice(opening.length));
      // Whatever comes too often comes before the next turn of the loop.
      if (answers.length === asked.length) setImmediate(() => resolve(answers));
    });
    const send = (requests: readonly object[]): void => {
      for (const request of requests)
        adapter.handleMessage({ type: "request", ...request } as DebugProtocol.Request);
    };
    send(asked.slice(0, opening.length));
  });
}

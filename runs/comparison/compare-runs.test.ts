import { expect, test } from "vitest";
import type { RunEvent, RunEventBody } from "#protocol/events/events.ts";
import { type ComparisonReport, comparisonReport } from "#protocol/reports/comparison-report.ts";
import { compareRuns } from "#runs/comparison/compare-runs.ts";
import { type RunTrace, traceOf } from "#runs/comparison/run-trace.ts";

const usage = { inputTokens: 1, outputTokens: 2, totalTokens: 3 };

function journal(...bodies: readonly RunEventBody[]): RunEvent[] {
  return bodies.map((body, index) => ({ seq: index + 1, time: "2026-01-01T00:00:00.000Z", ...body }));
}

function started(run: string, input: Record<string, string> = {}): RunEventBody {
  return {
    ...{ type: "run.started", run, file: "a.tac", procedure: "main", input, isolation: "docker" },
    ...{ manifest: "m", ungranted: [], resumed: false },
  } as const;
}

const finished = (result: string): RunEventBody => ({
  ...{ type: "run.finished", status: "completed", result, durationMs: 5, usage, cost: 0.5 },
});

function call(number: number, tool: string, argument: string, result = "ok"): RunEventBody[] {
  const common = { call: number, tool, zone: "lua", arguments: { argument }, by: "agent" } as const;
  return [
    { type: "tool.called", ...common },
    { type: "tool.returned", ...common, result, durationMs: number },
  ];
}

function turn(number: number, agent: string, output: string, tools: string[] = ["done"]): RunEventBody[] {
  const common = { turn: number, agent, model: "openai/gpt", tools };
  return [
    { type: "turn.started", ...common },
    { type: "turn.finished", ...common, output, usage, durationMs: number * 7 },
  ];
}

function traced(events: RunEvent[]): RunTrace {
  const trace = traceOf(events);
  if (!trace) throw new Error("no trace");
  return trace;
}

function compared(base: RunEventBody[], head: RunEventBody[]): ComparisonReport {
  return compareRuns(traced(journal(started("one"), ...base)), traced(journal(started("two"), ...head)));
}

/** `= turn writer`, `- tool search`, `~ tool search: outcome`. */
function drawn({ steps }: ComparisonReport): string[] {
  return steps.map(({ base, head, differs }) => {
    const mark = !head ? "-" : !base ? "+" : differs.length > 0 ? "~" : "=";
    const { kind, name } = base ?? head ?? { kind: "?", name: "?" };
    return `${mark} ${kind} ${name}${mark === "~" ? `: ${differs.join(", ")}` : ""}`;
  });
}

test("the same deeds at other times differ in nothing", () => {
  const report = compared(
    [...turn(1, "writer", "hi"), ...call(1, "search", "x"), finished("done")],
    [...turn(4, "writer", "hi"), ...call(9, "search", "x"), finished("done")],
  );
  expect(report.differs).toEqual([]);
  expect(drawn(report)).toEqual(["= turn writer", "= tool search"]);
  expect(comparisonReport.parse(report)).toEqual(report);
});

test("turns, calls, results and cost are laid side by side, and each pair says in what it differs", () => {
  const report = compared(
    [...turn(1, "writer", "hi"), ...call(1, "search", "x"), ...call(2, "save", "a"), finished("one")],
    [
      ...turn(1, "writer", "hi", ["done", "shell"]),
      ...call(1, "shell", "rm"),
      ...call(2, "search", "x", "other"),
      ...call(3, "save", "b"),
      { type: "tool.denied", tool: "deploy", zone: "host", reason: "It is not allowed." },
      finished("two"),
    ],
  );
  expect(drawn(report)).toEqual([
    "~ turn writer: given",
    "+ tool shell",
    "~ tool search: outcome",
    "~ tool save: given",
    "+ denied deploy",
  ]);
  expect(report.differs).toEqual(["result"]);
  expect(report.base).toMatchObject({ turns: 1, toolCalls: 2, denied: 0, cost: 0.5, tokens: 3 });
  expect(report.head).toMatchObject({ turns: 1, toolCalls: 3, denied: 1, result: "two" });
});

test("files, questions, limits and stages are steps; a file is named with what came of it", () => {
  const made = {
    type: "request.made",
    request: 1,
    method: "file.readBytes",
    name: "a.txt",
    digest: "d",
  } as const;
  const trace = traced(
    journal(
      started("one"),
      { type: "stage", name: "draft" },
      made,
      { type: "request.answered", request: 1, error: { code: "file-denied", message: "no" } },
      { ...made, request: 2, method: "model.generate" },
      { type: "human.requested", request: "q1", kind: "approve", message: "Sure?" },
      { type: "human.responded", request: "q1", value: true, by: "person" },
      { type: "limit.hit", limit: "cost", value: 1 },
    ),
  );
  expect(trace.steps).toEqual([
    { kind: "stage", name: "draft", given: null },
    {
      ...{ kind: "file", name: "a.txt", given: { act: "read", digest: "d" } },
      outcome: { error: { code: "file-denied", message: "no" } },
    },
    { kind: "human", name: "approve", given: { message: "Sure?" }, outcome: { value: true, by: "person" } },
    { kind: "limit", name: "cost", given: 1 },
  ]);
  expect(trace.figures).toMatchObject({ status: "unfinished", cost: 0 });
});

test("what was under way and what failed is told apart", () => {
  const [called] = call(1, "search", "x");
  const report = compared(called ? [called] : [], call(1, "search", "x"));
  expect(report.steps[0]?.differs).toEqual(["outcome"]);
  expect(report.steps[0]?.base).not.toHaveProperty("outcome");
});

test("two long traces without anything in common are not searched for ever", () => {
  const steps = (tool: string) =>
    Array.from({ length: 1500 }, (_, number) => call(number, `${tool}${number}`, "x")).flat();
  const report = compared(steps("one"), steps("two"));
  expect(report.steps).toHaveLength(3000);
});

test("a journal without its beginning has no trace", () => {
  expect(traceOf(journal(finished("x")))).toBeUndefined();
});

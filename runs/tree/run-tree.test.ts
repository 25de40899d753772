import { describe, expect, test } from "vitest";
import type { RunEvent, RunEventBody } from "#protocol/events/events.ts";
import { noUsage } from "#protocol/events/events.ts";
import { appearanceOf } from "./node-appearance.ts";
import { placeOf, type RunNode } from "./run-node.ts";
import { canOpen, RunTree, rowsUnder } from "./run-tree.ts";

const time = "2026-01-02T03:04:05.000Z";
const soon = new Date("2026-01-02T03:04:08.500Z");

function eventsOf(bodies: readonly RunEventBody[]): RunEvent[] {
  return bodies.map((body, index) => ({ seq: index + 1, time, ...body }));
}

function treeOf(...bodies: RunEventBody[]): RunTree {
  const tree = new RunTree("r1");
  for (const event of eventsOf(bodies)) tree.apply(event);
  return tree;
}

/** The rows of a tree as an outline: two spaces a level, label and description. */
function outline(node: RunNode, depth = Number.POSITIVE_INFINITY, indent = ""): string[] {
  const { label, description } = appearanceOf(node, soon);
  const row = `${indent}${label}${description && ` | ${description}`}`;
  return depth === 0
    ? [row]
    : [row, ...rowsUnder(node).flatMap((child) => outline(child, depth - 1, `${indent}  `))];
}

const started: RunEventBody = {
  type: "run.started",
  run: "r1",
  file: "desk.tac",
  procedure: "main",
  input: { order: 7 },
  isolation: "docker",
  manifest: "x",
  ungranted: [],
  resumed: false,
};
const turn = { turn: 1, agent: "clerk", model: "m", tools: ["find"] };
const call = { call: 1, tool: "find", zone: "lua", arguments: { id: 7 }, by: "agent", turn: 1 } as const;
const turnFinished: RunEventBody = {
  type: "turn.finished",
  ...turn,
  output: "Found.",
  usage: noUsage,
  durationMs: 1200,
};
const finished: RunEventBody = {
  type: "run.finished",
  status: "completed",
  result: { ok: true },
  durationMs: 2500,
  usage: noUsage,
};

describe("a whole run", () => {
  const tree = treeOf(
    started,
    { type: "turn.started", ...turn },
    { type: "turn.delta", turn: 1, text: "Fou" },
    { type: "tool.called", ...call },
    { type: "log", level: "info", message: "looking" },
    { type: "tool.returned", ...call, result: ["a"], durationMs: 12 },
    turnFinished,
    {
      type: "checkpoint",
      index: 1,
      kind: "step",
      replayed: false,
      value: 3,
      durationMs: 4,
      at: { file: "desk.tac", line: 9 },
    },
    { type: "state", key: "order", value: 1 },
    { type: "state", key: "order", value: 2 },
    finished,
  );

  test("shows turns, calls and checkpoints where they belong", () => {
    expect(outline(tree.root).slice(1)).toEqual([
      "  input | {order: 7}",
      "    order | 7",
      "  state",
      "    order | 2",
      "  Turn 1: clerk | m · 1.2 s",
      "    reply | Fou",
      '    find | {id: 7} · → ["a"] · 12 ms',
      "      arguments | {id: 7}",
      "        id | 7",
      "      looking",
      '      result | ["a"]',
      "        [1] | a",
      "    reply | Found.",
      "  Checkpoint 1: step | 3 · 4 ms",
      "    value | 3",
      "  result | {ok: true}",
      "    ok | true",
    ]);
  });

  test("the first row has the file, the state and the duration", () => {
    expect(outline(tree.root)[0]).toMatch(/^desk\.tac \| completed · 2\.5 s · /);
  });

  test("a checkpoint knows its line", () => {
    const checkpoint = tree.root.children.find(({ content }) => content.kind === "checkpoint");
    expect(checkpoint && placeOf(checkpoint)).toEqual({ file: "desk.tac", line: 9 });
  });

  test("ids are unique and begin with the run", () => {
    const ids = (node: RunNode): string[] => [node.id, ...rowsUnder(node).flatMap(ids)];
    const all = ids(tree.root);
    expect(new Set(all).size).toBe(all.length);
    expect(all.every((id) => id.startsWith("r1"))).toBe(true);
  });
});

describe("while it runs", () => {
  test("open turns and calls show the time that has passed", () => {
    const tree = treeOf(started, { type: "turn.started", ...turn }, { type: "tool.called", ...call });
    expect(outline(tree.root).slice(3)).toEqual([
      "  Turn 1: clerk | m · 3 s",
      "    find | {id: 7} · 3 s",
      "      arguments | {id: 7}",
      "        id | 7",
    ]);
    expect(outline(tree.root)[0]).toContain("running · 3 s");
  });

  test("a streamed reply that is the output is not shown twice", () => {
    const tree = treeOf(
      started,
      { type: "turn.started", ...turn },
      { type: "turn.delta", turn: 1, text: "Fou" },
      { type: "turn.delta", turn: 1, text: "nd." },
      turnFinished,
    );
    expect(outline(tree.root).slice(4)).toEqual(["    reply | Found."]);
  });

  test.for([
    [
      "a returned call changes its own row",
      { type: "tool.returned", ...call, result: 1, durationMs: 1 },
      "tool",
    ],
    ["a new call changes its turn", { type: "tool.called", ...call, call: 2 }, "turn"],
    ["a delta changes its turn", { type: "turn.delta", turn: 1, text: "x" }, "turn"],
    ["the end changes the run", finished, "run"],
  ] as ReadonlyArray<readonly [string, RunEventBody, string]>)("%s", ([, body, kind]) => {
    const tree = treeOf(started, { type: "turn.started", ...turn }, { type: "tool.called", ...call });
    expect(tree.apply({ seq: 9, time, ...body })?.content.kind).toBe(kind);
  });
});

describe("rows by event", () => {
  test.for([
    [
      "a failed call",
      [
        { type: "tool.called", ...call },
        {
          type: "tool.returned",
          ...call,
          error: { code: "tool-failed", message: "no such order" },
          durationMs: 1,
        },
      ],
      "find | {id: 7} · → no such order · 1 ms",
    ],
    ["a host call", [{ type: "tool.called", ...call, zone: "host" }], "find | {id: 7} · host · 3 s"],
    [
      "a denied tool",
      [{ type: "tool.denied", tool: "rm", zone: "host", reason: "not allowed" }],
      "rm denied | host · not allowed",
    ],
    [
      "a replayed checkpoint",
      [{ type: "checkpoint", index: 2, kind: "turn", replayed: true, durationMs: 0 }],
      "Checkpoint 2: turn | replayed",
    ],
    ["a limit", [{ type: "limit.hit", limit: "memory", value: 5 }], "Limit reached: memory | 5"],
    ["a stage", [{ type: "stage", name: "draft" }], "Stage: draft"],
    [
      "output in one row",
      [
        { type: "output", stream: "stdout", text: "a\n" },
        { type: "output", stream: "stdout", text: "b\n" },
      ],
      "a ⏎ b",
    ],
    [
      "an open question",
      [{ type: "human.requested", request: "q", kind: "approve", message: "Send?" }],
      "approve: Send? | waiting for an answer",
    ],
    [
      "an answered question",
      [
        { type: "human.requested", request: "q", kind: "approve", message: "Send?" },
        { type: "human.responded", request: "q", value: true, by: "editor" },
      ],
      "approve: Send? | true by editor",
    ],
    [
      "changed files",
      [{ type: "workspace.changed", changes: [{ path: "a.txt", kind: "created", bytes: 3 }] }],
      "1 changed file",
    ],
    [
      "an error",
      [
        {
          type: "run.finished",
          status: "failed",
          error: { code: "lua-error", message: "boom", file: "desk.tac", line: 3 },
          durationMs: 1,
          usage: noUsage,
        },
      ],
      "boom | lua-error · desk.tac:3",
    ],
    [
      "what was not granted",
      [{ ...started, ungranted: [{ capability: "mount", target: "/data" }] }],
      "Not granted: 1",
    ],
  ] as ReadonlyArray<readonly [string, readonly RunEventBody[], string]>)("%s", ([, bodies, row]) => {
    expect(outline(treeOf(...bodies).root, 1).map((text) => text.trim())).toContain(row);
  });
});

test("what had not ended when the run did is said to be open no more", () => {
  const tree = treeOf(
    started,
    { type: "turn.started", ...turn },
    { type: "tool.called", ...call },
    { type: "human.requested", request: "q", kind: "input", message: "Who?" },
    { ...finished, status: "cancelled", result: undefined },
  );
  expect(outline(tree.root, 3).slice(3)).toEqual([
    "  Turn 1: clerk | m · not finished",
    "    find | {id: 7} · not finished",
    "      arguments | {id: 7}",
    "      input: Who? | not answered",
  ]);
});

test("a question of a run that waits is open still", () => {
  const asked: RunEventBody = { type: "human.requested", request: "q", kind: "input", message: "Who?" };
  const tree = treeOf(started, asked);
  expect(tree.isAsking).toBe(true);
  tree.apply({ seq: 3, time, ...finished, status: "waiting", result: undefined });
  expect(outline(tree.root, 1)).toContain("  input: Who? | waiting for an answer");
  const answered: RunEventBody = { type: "human.responded", request: "q", value: "Ann", by: "person" };
  tree.apply({ seq: 4, time, ...answered });
  expect(tree.isAsking).toBe(false);
});

describe("what arrives damaged", () => {
  test("ends and answers of nothing known change nothing", () => {
    const tree = treeOf(started);
    for (const body of [
      { type: "tool.returned", ...call, durationMs: 1 },
      turnFinished,
      { type: "turn.delta", turn: 4, text: "x" },
      { type: "human.responded", request: "?", value: 1, by: "x" },
    ] as RunEventBody[]) {
      expect(tree.apply({ seq: 2, time, ...body })).toBeUndefined();
    }
    expect(outline(tree.root)).toHaveLength(3);
  });

  test("an event of a later version is passed over", () => {
    const later: unknown = { seq: 2, time, type: "weather", sky: "blue" };
    expect(treeOf(started).apply(later as RunEvent)).toBeUndefined();
  });

  test("a journal without an end is interrupted", () => {
    const tree = treeOf(started);
    tree.closeUnfinished();
    expect(outline(tree.root)[0]).toContain("interrupted");
  });

  test("a finished run stays finished", () => {
    const tree = treeOf(started, finished);
    tree.closeUnfinished();
    expect(outline(tree.root)[0]).toContain("completed");
  });
});

describe("text from outside stays text", () => {
  const hostile = "$(flame)\u202E [x](command:workbench.action.quit)\u001b[2J\n<img>";

  test("in every row and every spoken text", () => {
    const tree = treeOf(
      { ...started, file: hostile, procedure: hostile },
      { type: "turn.started", turn: 1, agent: hostile, model: hostile, tools: [hostile] },
      { type: "tool.called", ...call, tool: hostile, arguments: { [hostile]: hostile } },
      { type: "log", level: "info", message: hostile, data: hostile },
    );
    const all = (node: RunNode): RunNode[] => [node, ...rowsUnder(node).flatMap(all)];
    for (const node of all(tree.root)) {
      const { label, description, tooltip, spoken } = appearanceOf(node, soon);
      const shown = `${label}${description}${tooltip}${spoken}`;
      expect(shown).not.toContain("\u202E");
      expect(shown).not.toContain("\u001b");
      expect(`${label}${description}${spoken}`).not.toContain("\n");
    }
  });
});

describe("many children", () => {
  const many = Array.from(
    { length: 1200 },
    (_, index): RunEventBody => ({ type: "log", level: "info", message: `m${index}` }),
  );

  test("are shown in parts, each with its range", () => {
    const rows = rowsUnder(treeOf(...many).root);
    expect(rows.map((row) => appearanceOf(row, soon).label)).toEqual([
      "1 – 500",
      "501 – 1000",
      "1001 – 1200",
    ]);
    expect(rows.map((row) => rowsUnder(row).length)).toEqual([500, 500, 200]);
  });
});

test.for([
  [{ kind: "value", name: "x", value: { a: 1 } }, true],
  [{ kind: "value", name: "x", value: [] }, false],
  [{ kind: "value", name: "x", value: "text" }, false],
] as const)("a value can be opened when it has members: %j", ([content, opens]) => {
  expect(canOpen({ id: "1", parent: undefined, content, children: [] })).toBe(opens);
});

import { expect, test } from "vitest";
import type { RunEvent, RunEventBody } from "#protocol/events/events.ts";
import type { ManifestCapability, ManifestEntry } from "#protocol/reports/manifest-report.ts";
import { triedReport } from "#protocol/reports/tried-report.ts";
import { triedCapabilities } from "#runs/comparison/tried-capabilities.ts";

function journal(...bodies: readonly RunEventBody[]): RunEvent[] {
  return bodies.map((body, index) => ({ seq: index + 1, time: "2026-01-01T00:00:00.000Z", ...body }));
}

function entry(
  capability: ManifestCapability,
  target: string,
  more: Partial<ManifestEntry> = {},
): ManifestEntry {
  const origin = { file: "a.tac", line: 1 };
  return { capability, target, trust: "sandboxed", origin, detail: "does it", ...more };
}

function file(request: number, method: string, name: string, code?: string): RunEventBody[] {
  const error = code === undefined ? undefined : { code, message: `${code} of ${name}` };
  return [
    { type: "request.made", request, method, name, digest: "d", at: { file: "a.tac", line: request } },
    { type: "request.answered", request, ...(error ? { error } : { value: {} }) },
  ];
}

function call(number: number, tool: string, zone: "lua" | "mcp" | "host", code?: string): RunEventBody[] {
  const common = { call: number, tool, zone, arguments: {}, by: "agent" } as const;
  const error = code === undefined ? {} : { error: { code, message: code } };
  return [
    { type: "tool.called", ...common },
    { type: "tool.returned", ...common, ...error, durationMs: 1 },
  ];
}

/** `done 2 file.read a.txt`, with `!` before what no entry lists. */
function drawn(events: RunEvent[], manifest: readonly ManifestEntry[]): string[] {
  const report = triedCapabilities(events, manifest);
  expect(triedReport.parse(report)).toEqual(report);
  return report.tried.map(
    ({ declared, outcome, count, capability, target }) =>
      `${declared ? "" : "! "}${outcome} ${count} ${capability} ${target}`,
  );
}

test("what was done and what was denied are told apart, each thing once", () => {
  const events = journal(
    ...file(1, "file.readBytes", "./a.txt"),
    ...file(2, "file.read", "a.txt"),
    ...file(3, "file.read", ".env", "file-denied"),
    ...file(4, "file.write", "out.txt", "file-not-found"),
    ...file(5, "file.write", "out.txt"),
    { type: "tool.denied", tool: "deploy", zone: "host", reason: "It is not allowed." },
    { type: "limit.hit", limit: "cost", value: 1 },
  );
  expect(drawn(events, [entry("file.read", "a.txt"), entry("file.write", "dynamic")])).toEqual([
    "done 2 file.read a.txt",
    "! denied 1 file.read .env",
    "done 2 file.write out.txt",
    "! denied 1 tool.host deploy",
    "! denied 1 limit cost",
  ]);
});

test.for<[string, RunEventBody[], ManifestEntry, boolean]>([
  ["a tool by its name", call(1, "search", "lua"), entry("tool.lua", "search"), true],
  ["a tool under another name", call(1, "lookup", "mcp"), entry("tool.mcp", "x.y", { name: "lookup" }), true],
  ["a tool of a server", call(1, "files_read", "mcp"), entry("tool.mcp", "files"), true],
  ["one tool of a server", call(1, "files_read", "mcp"), entry("tool.mcp", "files.read"), true],
  ["another tool of the server", call(1, "files_write", "mcp"), entry("tool.mcp", "files.read"), false],
  ["another zone", call(1, "search", "host"), entry("tool.lua", "search"), false],
  ["any of its kind", call(1, "x", "host"), entry("tool.host", "dynamic"), true],
])("an entry lists %s: %s", ([, events, listed, expected]) => {
  const report = triedCapabilities(journal(...events), [listed]);
  expect(report.tried[0]?.declared !== undefined).toBe(expected);
  expect(report.untried).toEqual(expected ? [] : [listed]);
});

test("what is listed and was not come to is told, what surrounds a run is not", () => {
  const manifest = [entry("model", "openai/gpt"), entry("human", "approve"), entry("limit", "cost")];
  const events = journal({ type: "turn.started", turn: 1, agent: "a", model: "openai/gpt", tools: [] });
  expect(triedCapabilities(events, manifest).untried).toEqual([manifest[1]]);
});

test("a call that was refused is denied with its reason", () => {
  const { tried } = triedCapabilities(journal(...call(1, "deploy", "host", "tool-denied")), []);
  expect(tried).toEqual([
    { capability: "tool.host", target: "deploy", outcome: "denied", count: 1, reason: "tool-denied" },
  ]);
});

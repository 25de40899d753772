import { expect, test } from "vitest";
import type { AskedEntry } from "#runs/trust/asked-entries.ts";
import { grantRows } from "./grant-rows.ts";
import { grantsText } from "./grants-text.ts";

const entry = (id: string, change: Partial<AskedEntry> = {}): AskedEntry => ({
  id,
  asking: { hostFile: "/w/a.tac.yml", content: "0", name: "1" },
  content: "2",
  file: "a.tac.yml",
  line: 4,
  path: ["sandbox", "volumes", 0],
  capability: "mount",
  target: "~/data:/data:rw",
  value: "~/data:/data:rw",
  words: "mounts ~/data, writable, at /data",
  state: "asked",
  isDecided: false,
  ...change,
});
const unchanged = { changes: new Map(), gone: [] };

test("a row says what is asked in plain words, where, and the value as it was read", () => {
  expect(grantRows([entry("1")], unchanged)).toMatchObject([
    {
      label: "Mounts ~/data, writable, at /data",
      detail: 'a.tac.yml:4  sandbox.volumes[0]: "~/data:/data:rw"',
      picked: false,
      isCut: false,
    },
  ]);
});

test("what was granted is selected, what nobody gives is no row", () => {
  const rows = grantRows([entry("1", { state: "granted" }), entry("2", { state: "never" })], unchanged);
  expect(rows.map(({ value, picked }) => [value.id, picked])).toEqual([["1", true]]);
});

test("a changed content says what it was", () => {
  const changes = new Map([
    ["1", { kind: "changed", before: "mounts ~/data, read-only, at /data" }],
    ["2", { kind: "new" }],
    ["3", { kind: "same", wasGranted: true }],
  ] as const);
  const rows = grantRows([entry("1"), entry("2"), entry("3")], { changes, gone: [] });
  expect(rows.map(({ description }) => description)).toEqual([
    "changed, was: mounts ~/data, read-only, at /data",
    "new",
    "as it was granted before",
  ]);
});

test.for<[string, Partial<AskedEntry>]>([
  ["its words", { words: `starts the program ${"x".repeat(200)} --evil` }],
  ["its value", { value: { args: ["x".repeat(200), "--evil"] } }],
])("a row whose end can't be seen is marked as cut: %s", ([, change]) => {
  expect(grantRows([entry("1", change)], unchanged)[0]?.isCut).toBe(true);
});

test("the full text holds every entry whole, with those that nobody can grant", () => {
  const words = `starts the program ${"x".repeat(300)} --end`;
  const asked = [entry("1", { words }), entry("2", { state: "never", words: "runs in another image: evil" })];
  const text = grantsText({ file: "a.tac", manifest: "f".repeat(64), asked }, { ...unchanged, gone: ["x"] });
  for (const part of ["--end", "never given, whoever asks", "Plan ffffffffffffffff.", "asked for no more"])
    expect(text).toContain(part);
});

import { expect, test } from "vitest";
import {
  type MetDeclaration,
  mergeDeclarations,
  type StaticDeclaration,
} from "#language/declarations/merge-declarations.ts";

const uri = "file:///a.tac";

function parse(text: string): StaticDeclaration & MetDeclaration {
  const [, kind = "", name, line, module] = /^(\w+) (\S+)@(\d+)(?: in (\w+))?$/.exec(text) ?? [];
  return {
    kind,
    ...(name !== "?" && name !== undefined && { name }),
    line: Number(line),
    uri: module === undefined ? uri : `file:///${module}.tac`,
  };
}

test.for<
  readonly [what: string, known: readonly string[], met: readonly string[], merged: readonly string[]]
>([
  ["what both know", ["Tool a@1"], ["Tool a@1"], ["both Tool a@1"]],
  ["what was not reached", ["Tool a@1", "Agent b@9"], ["Tool a@1"], ["both Tool a@1", "static Agent b@9"]],
  ["what only evaluation knows", ["Tool a@9"], ["Tool b@3"], ["evaluated Tool b@3", "static Tool a@9"]],
  ["a name in the next line", ["Procedure a@1"], ["Procedure a@2"], ["both Procedure a@1"]],
  ["the name of a local variable", ["Agent a@1"], ["Agent ?@1"], ["both Agent a@1"]],
  ["a loop", ["Tool ?@2"], ["Tool red@2", "Tool green@2"], ["both Tool red@2", "both Tool green@2"]],
  ["two in one line", ["Tool a@1", "Tool b@1"], ["Tool b@1", "Tool a@1"], ["both Tool b@1", "both Tool a@1"]],
  [
    "two without names in one line",
    ["Tool a@1", "Tool b@1"],
    ["Tool ?@1", "Tool ?@1"],
    ["both Tool a@1", "both Tool b@1"],
  ],
  ["kinds are not mixed", ["Tool a@1"], ["Agent a@1"], ["evaluated Agent a@1", "static Tool a@1"]],
  [
    "a module's come last, by their own lines",
    ["Tool a@5"],
    ["Tool a@1 in m", "Tool a@5"],
    ["both Tool a@5", "evaluated Tool a@1"],
  ],
])("%s", ([, known, met, merged]) => {
  const found = mergeDeclarations(uri, known.map(parse), met.map(parse));
  expect(found.map(({ from, kind, name, line }) => `${from} ${kind} ${name ?? "?"}@${line}`)).toEqual(merged);
});

test("the parts can be asked for", () => {
  const known = { ...parse("Tool a@1"), site: 7 };
  const met = { ...parse("Tool a@1"), config: {} };
  expect(mergeDeclarations(uri, [known], [met])).toEqual([
    { kind: "Tool", name: "a", line: 1, uri, from: "both", static: known, evaluated: met },
  ]);
});

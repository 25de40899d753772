import { expect, test } from "vitest";
import { parseSource } from "./parse-source.ts";
import { nodePathAt, walk } from "./walk.ts";

/** The kinds on the way to the mark `|` in a text, innermost last. */
function pathAt(marked: string): string {
  const offset = marked.indexOf("|");
  const { path } = nodePathAt(parseSource(marked.replace("|", "")), offset);
  return path.map(({ kind }) => kind).join(" ");
}

test.for([
  ["fo|o = 1", "Assignment NameExpression"],
  ["foo| = 1", "Assignment NameExpression"],
  ["x = a.b|(c)", "Assignment CallExpression MemberExpression NameNode"],
  ["x = a|.b", "Assignment MemberExpression NameExpression"],
  ["x = a.|", "Assignment MemberExpression NameNode"],
  ["x = a:|", "Assignment MemberExpression NameNode"],
  ["x = a:b|{}", "Assignment MethodCall NameNode"],
  ["x = f(|)", "Assignment CallExpression"],
  ["x = f(a|)", "Assignment CallExpression NameExpression"],
  ["function f|() end", "FunctionStatement NameExpression"],
  ["function a.b|() end", "FunctionStatement MemberExpression NameNode"],
  ["function f(a|) end", "FunctionStatement FunctionBody NameNode"],
  ["local function f|() end", "LocalFunction NameNode"],
  ["x = { | }", "Assignment TableExpression"],
  ["x = { a =| }", "Assignment TableExpression NamedField MissingExpression"],
  ["f() |\ng()", ""],
  ["f()\n|g()", "CallStatement CallExpression NameExpression"],
  ["f()|\ng()", "CallStatement CallExpression"],
  ["f()|;g()", "CallStatement CallExpression"],
  ["|", "EndOfFile"],
])("%j", ([marked, path]) => {
  expect(pathAt(marked ?? "")).toBe(path);
});

test("a path knows its statement and where it begins", () => {
  const tree = parseSource("a = 1\n\nb = 2\n");
  const { statement, base, index } = nodePathAt(tree, 8);
  expect(statement).toBe(tree.statements[1]);
  expect([base, index]).toEqual([5, 1]);
});

test("walking visits everything once, in the order of the text", () => {
  const text = "local a <const>, b = f(1, {2; x = 3, [4] = 5}), g:h'6'\nfor i = 7, 8 do x[9] = -10 + 11 end";
  const seen: string[] = [];
  for (const { node } of parseSource(text).statements)
    walk(node, (inner) => {
      if (inner.kind === "NumberExpression") seen.push(String(inner.value));
      if (inner.kind === "StringExpression") seen.push(inner.value);
    });
  expect(seen).toEqual(["1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11"]);
});

test("walking a very long chain needs no stack", () => {
  const [statement] = parseSource(`x = a${".b".repeat(50_000)}`).statements;
  let count = 0;
  if (statement) walk(statement.node, () => count++);
  expect(count).toBeGreaterThan(1000);
});

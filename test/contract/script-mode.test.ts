import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { scriptBodyStart } from "#language/declarations/script-body.ts";
import { parseSource } from "#language/syntax/parse-source.ts";
import { wrapScript } from "#runtime/program/script-mode.ts";

const root = path.resolve(import.meta.dirname, "../..");
const folders = ["examples", "test/editor/workspace", "test/robustness"];
const published = ".cache/conformance/tactus-0.39.0-examples";

const sources: ReadonlyArray<readonly [name: string, text: string]> = [
  ["a script", "input { n = field.number{} }\nlocal x = input.n\nreturn { x = x }"],
  [
    "settings and agents first",
    'default_model("m")\na = Agent {\n  tools = {},\n}\n\n-- now\na()\nreturn { 1 }',
  ],
  ["a function first", "local function f()\n  return 1\nend\nlocal m = require('m')\nprint(f())\nreturn 2"],
  ["constants", "local limit <const> = 3\nreturn limit"],
  ["only declarations", "input {}\nt = Tool { function() end }"],
  ["a procedure", "Procedure { function() return 1 end }\nreturn 1"],
  ["an assigned procedure", "local p = Procedure { function() end }\nreturn 1"],
  ["a main function", "function main() return 1 end\nreturn 2"],
  ["no schema and no return", "print(1)"],
  ["a step", 'Step("x", function() end)\nStep.checkpoint(print)\nreturn 1'],
  ["classifiers begin the body", "c = Classify { classes = {} }\nreturn 1"],
  ["a text with statements in it", "text = [[\nreturn 1\n]]\nprint(text)"],
  [
    "constructors of modules",
    'm = require("tactus.retrievers")\nr = m.Retriever { }\nx = m.other {}\nreturn 1',
  ],
];

/** Both split a script at the same place: the editor by its tree, the runtime by its lines. */
test.for([...sources, ...filesIn(folders), ...filesIn([published])])("%s", ([, text]) => {
  const { source, isScript } = wrapScript(text);
  const start = scriptBodyStart(parseSource(text));
  expect(start !== undefined).toBe(isScript);
  if (start === undefined) return;
  expect(lineOf(text, start)).toBe(lineOf(source, source.indexOf("Procedure { function(input) ")));
});

function lineOf(text: string, offset: number): number {
  return text.slice(0, offset).split("\n").length;
}

function filesIn(names: readonly string[]): ReadonlyArray<readonly [name: string, text: string]> {
  return names.flatMap((name) => {
    const folder = path.join(root, name);
    return list(folder).map((file) => [file, readFileSync(path.join(folder, file), "utf8")] as const);
  });
}

/** The published examples are there after the conformance suite has downloaded them. */
function list(folder: string): readonly string[] {
  try {
    return readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".tac"));
  } catch {
    // Not downloaded on this machine: the listed sources are checked all the same.
    return [];
  }
}

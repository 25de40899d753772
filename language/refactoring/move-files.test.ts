import { expect, test } from "vitest";
import { moveEdits } from "#language/refactoring/move-files.ts";
import { applied } from "#language/semantics/testing/applied.ts";
import { markedProject } from "#language/semantics/testing/marked-project.ts";

type Files = Readonly<Record<string, string>>;

/** The texts that change when one file or folder is moved, by the names that the files have before. */
function moved(files: Files, from: string, to: string): Files {
  const { project, files: known } = markedProject(files);
  const moves = [{ oldUri: `file:///work/${from}`, newUri: `file:///work/${to}` }];
  const changed: Record<string, string> = {};
  for (const { uri, text } of known) {
    const file = project.procedure(uri);
    const edits = file ? moveEdits(project, file, moves) : [];
    if (edits.length === 0) continue;
    changed[uri.slice("file:///work/".length)] = applied(text, edits);
  }
  return changed;
}

const cases: Readonly<Record<string, readonly [Files, string, string, Files]>> = {
  "a module gets another name": [
    {
      "sums.tac": "return {}",
      "main.tac": 'local s = require("sums")',
      "other.tac": 'local t = require("x")',
    },
    "sums.tac",
    "totals.tac",
    { "main.tac": 'local s = require("totals")' },
  ],
  "a module moves into a folder": [
    { "sums.tac": "return {}", "main.tac": 'local s = require("sums")' },
    "sums.tac",
    "lib/sums.tac",
    { "main.tac": 'local s = require("lib.sums")' },
  ],
  "the style with slashes stays": [
    { "lib/sums.tac": "return {}", "main.tac": 'local s = require("lib/sums")' },
    "lib/sums.tac",
    "lib/deep/sums.tac",
    { "main.tac": 'local s = require("lib/deep/sums")' },
  ],
  "a folder moves": [
    { "lib/sums.tac": "return {}", "main.tac": 'local s = require("lib.sums")' },
    "lib",
    "library",
    { "main.tac": 'local s = require("library.sums")' },
  ],
  "a folder with an init": [
    { "lib/init.tac": "return {}", "main.tac": 'local s = require("lib")' },
    "lib",
    "library",
    { "main.tac": 'local s = require("library")' },
  ],
  "the file that requires moves": [
    { "deep/sums.tac": "return {}", "main.tac": 'local s = require("deep.sums")' },
    "main.tac",
    "deep/main.tac",
    { "main.tac": 'local s = require("sums")' },
  ],
  "a module that is required from the folder above moves along": [
    {
      "lib/a.tac": 'local b = require("lib.b")\nreturn b',
      "lib/b.tac": "return {}",
      "main.tac": 'local a = require("lib.a")',
    },
    "lib",
    "library",
    { "lib/a.tac": 'local b = require("library.b")\nreturn b', "main.tac": 'local a = require("library.a")' },
  ],
  "what no name can reach stays": [
    { "sums.tac": "return {}", "deep/main.tac": "", "main.tac": 'local s = require("sums")' },
    "main.tac",
    "deep/first.tac",
    {},
  ],
  "paths of files": [
    {
      "main.tac": 'Specification { from = "a.spec.tac" }\nfunction f() return File.read("./data/in.csv") end',
    },
    "data",
    "inputs",
    {
      "main.tac":
        'Specification { from = "a.spec.tac" }\nfunction f() return File.read("./inputs/in.csv") end',
    },
  ],
  "paths of functions of the library": [
    { "main.tac": 'local csv = require("tactus.io.csv")\nlocal rows = csv.read("in.csv")' },
    "in.csv",
    "data/über uns.csv",
    { "main.tac": 'local csv = require("tactus.io.csv")\nlocal rows = csv.read("data/über uns.csv")' },
  ],
  "paths from a file that moves": [
    { "main.tac": 'function f() return File.read("data/in.csv") end' },
    "main.tac",
    "data/main.tac",
    { "main.tac": 'function f() return File.read("in.csv") end' },
  ],
  "nothing outside of the folder": [
    { "main.tac": 'function f() return File.read("../in.csv") end' },
    "main.tac",
    "deep/main.tac",
    {},
  ],
};

test.for(Object.entries(cases))("%s", ([, [files, from, to, expected]]) => {
  expect(moved(files, from, to)).toEqual(expected);
});

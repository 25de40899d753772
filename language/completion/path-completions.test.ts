import { describe, expect, test } from "vitest";
import { pathCompletions, pathPlace } from "#language/completion/path-completions.ts";
import { markedProject } from "#language/semantics/testing/marked-project.ts";

/** The folder whose entries are asked for at `<|>`, and the text with the part that they replace in brackets. */
function place(source: string): string | undefined {
  const { file, offset } = markedProject(source);
  const found = pathPlace(file, offset);
  if (!found) return undefined;
  const { start, end } = found.replace;
  return `${found.folder} ${file.text.slice(0, start)}[${file.text.slice(start, end)}]${file.text.slice(end)}`;
}

describe("the folder that a path leads to", () => {
  const cases: Readonly<Record<string, readonly [string, string | undefined]>> = {
    "beside the file": ['f = File.read("<|>")', 'file:///work f = File.read("[]")'],
    "in a folder": [
      'f = File.read("data/in<|>put.csv")',
      'file:///work/data f = File.read("data/[input.csv]")',
    ],
    "with a dot": ['f = File.read("./data/<|>")', 'file:///work/data f = File.read("./data/[]")'],
    "with other letters": [
      'f = File.read("Über uns/<|>")',
      'file:///work/%C3%9Cber%20uns f = File.read("Über uns/[]")',
    ],
    "of a specification": ['Specification { from = "<|>" }', 'file:///work Specification { from = "[]" }'],
    "of a list": ['x = Agent { skills = { "<|>" } }', 'file:///work x = Agent { skills = { "[]" } }'],
    "of a tool in a file": ['t = Tool { use = "./<|>" }', 'file:///work t = Tool { use = "./[]" }'],
    "of a module's function": [
      'local json = require("tactus.io.json")\njson.read("<|>")',
      'file:///work local json = require("tactus.io.json")\njson.read("[]")',
    ],
    "not of a tool of the host": ['t = Tool { use = "<|>" }', undefined],
    "not outside of the folder": ['f = File.read("../<|>")', undefined],
    "nor from the root": ['f = File.read("/etc/<|>")', undefined],
    "nor where no file can be": ['f = File.read("\ud800/<|>")', undefined],
    "nor in other texts": ['f = "data/<|>"', undefined],
  };
  test.for(Object.entries(cases))("%s", ([, [source, expected]]) => {
    expect(place(source)).toBe(expected);
  });
});

test("files before folders, hidden ones left out", () => {
  const place = { folder: "file:///work", replace: { start: 0, end: 0 } };
  expect(pathCompletions(place, ["b/", "a.csv", ".git/"]).items).toEqual([
    { label: "b/", kind: "folder", rank: 2 },
    { label: "a.csv", kind: "file", rank: 1 },
  ]);
});

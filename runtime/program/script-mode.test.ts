import { expect, test } from "vitest";
import { wrapScript } from "./script-mode.ts";

/** `>` marks the line where the body must begin; without it nothing is wrapped. */
const cases: readonly { readonly name: string; readonly text: string }[] = [
  { name: "input, then statements", text: "input {\n  n = field.number{},\n}\n>local x = 1\nreturn {x = x}" },
  { name: "a return alone", text: ">return {1}" },
  { name: "a procedure is left alone", text: "Procedure {\n  function() return 1 end\n}" },
  {
    name: "an assigned procedure is left alone",
    text: "go = Procedure {\n  function() return 1 end\n}\nreturn 1",
  },
  { name: "a plain main is left alone", text: "function main()\n  return 1\nend" },
  { name: "declarations only", text: "input { n = field.number{} }\nwriter = Agent { model = 'm' }" },
  { name: "no schema and no return", text: "local x = 1\nx = x + 1" },
  {
    name: "words in comments, strings and long brackets do not count",
    text: "-- function {\nSpecification([[\nreturn {\n]])\n>local s = 'end }'\nreturn s",
  },
  {
    name: "blocks of the prefix are skipped whole",
    text: "helper = function(a)\n  if a then\n    return 1\n  end\nend\nlocal function f()\n  while true do break end\nend\n>print(f())\nreturn 2",
  },
  {
    name: "modules and declarations in locals belong to the prefix",
    text: 'local done = require("tactus.tools.done")\nlocal w = Agent {\n  model = "m",\n}\n>w("x")\nreturn 1',
  },
  {
    name: "settings belong to the prefix",
    text: 'default_model = "m"\ndefault_provider("p")\n>local a = 1\nreturn a',
  },
];

test.for(cases)("$name", ({ text }) => {
  const source = text.replace(">", "");
  const marked = text.split("\n").findIndex((line) => line.startsWith(">"));
  const wrapped = wrapScript(source);
  expect(wrapped.isScript).toBe(marked !== -1);
  if (marked === -1) return expect(wrapped.source).toBe(source);
  const expected = source.split("\n");
  expected[marked] = `Procedure { function(input) ${expected[marked]}`;
  return expect(wrapped.source).toBe([...expected, "end }"].join("\n"));
});

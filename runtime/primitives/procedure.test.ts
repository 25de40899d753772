import { expect, test } from "vitest";
import { expectProgram, type ProgramCase } from "../testing/expect-program.ts";

const half =
  'Procedure "half" { input = {n = field.number{required = true}, by = field.number{default = 2}}, output = {n = field.number{required = true}}, function(i) return {n = i.n / i.by} end }';

const cases: readonly ProgramCase[] = [
  { name: "by name, with defaults", declare: half, body: "return Procedure('half')({n = 8}).n", result: 4 },
  {
    name: "by the variable",
    declare: "twice = Procedure { input = {n = field.number{}}, function(i) return i.n * 2 end }",
    body: "return {twice({n = 2}), twice.name}",
    result: [4, "twice"],
  },
  {
    name: "the three-argument form",
    declare: "Procedure('old', {input = {}}, function() return 'ok' end)",
    body: "return Procedure('old')()",
    result: "ok",
  },
  {
    name: "the legacy field run",
    declare: "old = Procedure { run = function() return 'ok' end }",
    body: "return old()",
    result: "ok",
  },
  {
    name: "floats of the input stay floats",
    declare: "text = Procedure { function(i) return tostring(i.n) end }",
    body: "return text({n = 2.0})",
    result: "2.0",
  },
  {
    name: "the input is a copy",
    declare: "change = Procedure { function(i) i.n = 9 return 1 end }",
    body: "local t = {n = 1}; change(t); return t.n",
    result: 1,
  },
  {
    name: "state defaults are written at each call",
    declare:
      "s = Procedure { state = {n = field.number{default = 1}}, function() state.n = state.n + 1 return state.n end }",
    body: "return {s(), s()}",
    result: [2, 2],
  },
  {
    name: "missing input",
    declare: half,
    body: "Procedure('half')({})",
    fails: /Procedure 'half' requires input parameters that were not provided: n \(number\)/,
  },
  {
    name: "wrong input, caught",
    declare: half,
    body: "local ok, e = pcall(function() return Procedure('half')({n = 'x'}) end); return {ok, (e:match(\"input 'n'\"))}",
    result: [false, "input 'n'"],
  },
  {
    name: "missing output",
    declare: 'Procedure "bad" { output = {y = field.number{required = true}}, function() return {} end }',
    body: "Procedure('bad')({})",
    fails: "output-invalid",
  },
  {
    name: "unknown name",
    declare: half,
    body: "Procedure('third')",
    fails: /'third' not found\. Declared are: half/,
  },
  {
    name: "no function",
    declare: "x = Procedure { input = {} }",
    body: "return 1",
    fails: /requires a function/,
  },
];

test.for(cases)("$name", (program) => {
  expectProgram(program);
});

test("an error inside keeps its line", () => {
  const { finished } = expectProgram({
    name: "",
    declare: 'Procedure "deep" { function()\nerror("down here")\nend }',
    body: "Procedure('deep')({})",
    fails: /^down here$/,
  });
  expect(finished.error).toMatchObject({ code: "lua-error", line: 2 });
});

import { test } from "vitest";
import { expectProgram, type ProgramCase } from "../testing/expect-program.ts";

const declared: readonly string[] = [
  'Module "qa" { signature = "q -> a" }',
  's = Signature("q -> a")',
  'Prompt("p", "text")',
  "Specification([[Feature: x]])",
  'Evaluation { runs = 1, evaluators = { field.contains{value = "x"}, contains("x") } }',
  'Step("a step", function() end)',
  "max_turns(5)\nmax_depth = 3\nreturn_prompt = 'x'",
  "f = filters.compose(filters.last_n(3), filters.system_prefix())",
];

test.for(declared)("declaring is accepted: %s", (declare) => {
  expectProgram({ name: "", declare, body: "return 1", result: 1 });
});

const used: readonly ProgramCase[] = [
  { name: "a message", body: "Message { role = 'user' }", fails: /^Message can't be used/ },
];

test.for(used)("using is refused: $name", (program) => {
  expectProgram(program);
});

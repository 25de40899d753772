import { test } from "vitest";
import { expectProgram } from "../testing/expect-program.ts";

const declared: readonly string[] = [
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

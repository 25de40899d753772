import { expect, test } from "vitest";
import { evaluationReport } from "#protocol/reports/evaluation-report.ts";
import { openDesk } from "./studio.ts";

const embedded = ["--isolation", "embedded"];
const withoutEngine = { DOCKER_HOST: "unix:///nonexistent.sock" };

const procedure = `greet = Tool { description = "greets", input = { name = field.string{} }, function(args) return "Hello " .. args.name end }
writer = Agent { provider = "openai", model = "m", system_prompt = "s" }
Procedure {
  input = { name = field.string{required = true} },
  function(input)
    if input.name == "crash" then error("boom") end
    State.set("who", input.name)
    Iterations.increment()
    writer("x")
    return { greeting = greet({name = input.name}), n = 3, tags = {"a", "b"} }
  end
}
`;

function evaluation(fields: string): Record<string, string> {
  return { "a.tac": `${procedure}Evaluation {\n${fields}\n}\n` };
}

const ada =
  'dataset = {{name = "ada", inputs = {name = "Ada"}, expected_output = {greeting = "Hello Ada", words = {"hello"}}}}';

const evaluators: readonly (readonly [written: string, passes: boolean, message?: RegExp])[] = [
  ['type = "contains", field = "greeting", value = "Ada"', true],
  ['type = "contains", field = "greeting", value = "ada"', false, /Expected "Hello Ada" to contain "ada"/],
  ['type = "contains", field = "greeting", value = "ada", case_sensitive = false', true],
  ['type = "contains", value = "Hello"', true],
  ['type = "contains", field = "nothing", value = "x"', false, /no field 'nothing'/],
  ['type = "contains_any", field = "greeting", value = {"x", "ADA"}', true],
  ['type = "contains_any", field = "greeting", check_expected = "words"', true],
  ['type = "contains_any", field = "greeting", value = {"x"}', false],
  ['type = "exact_match", field = "greeting"', true],
  ['type = "equals_expected", field = "n"', true],
  ['type = "exact_match"', false, /to be \{/],
  ['type = "is_instance", field = "n", value = "integer"', true],
  ['type = "is_instance", field = "n", value = "str"', false],
  ['type = "is_instance", field = "n", value = "thing"', false, /'thing' is no type/],
  ['type = "llm_judge", rubric = "polite"', true, /models are mocked/],
  ['type = "min_length", field = "greeting", value = 9', true],
  ['type = "min_length", field = "greeting", value = 10', false, /at least 10, but it is 9/],
  ['type = "min_length", field = "greeting", check_expected = "greeting"', true],
  ['type = "max_length", field = "tags", value = 2', true],
  ['type = "max_length", field = "tags", value = 1', false],
  ['type = "max_iterations", value = 1', true],
  ['type = "max_iterations", value = 0', false, /at most 0 iterations, but there were 1/],
  ['type = "max_cost"', true],
  ['type = "max_tokens"', true],
  ['type = "tool_called", value = "greet"', true],
  [
    'type = "tool_called", value = "greet", min_value = 2',
    false,
    /calls of the tool 'greet' from 2, but there were 1/,
  ],
  ['type = "tool_called", value = "other", min_value = 0, max_value = 0', true],
  ['type = "state_check", field = "who", value = "Ada"', true],
  ['type = "state_check", field = "who", value = "Bob"', false, /to be "Bob", but it is "Ada"/],
  ['type = "agent_turns", field = "writer", max_value = 1', true],
  ['type = "agent_turns", field = "other"', false],
  ['type = "regex", field = "greeting", value = "^Hello \\\\w+$"', true],
  ['type = "regex", field = "greeting", value = "^hello", case_sensitive = false', true],
  ['type = "regex", field = "greeting", value = "("', false],
  [
    'type = "json_schema", json_schema = {type = "object", required = {"greeting"}, properties = {n = {maximum = 5}}}',
    true,
  ],
  ['type = "json_schema", field = "n", value = {type = "string"}', false],
  ['type = "range", field = "n", value = {min = 1, max = 3}', true],
  ['type = "range", field = "n", min_value = 4', false, /to be a number from 4/],
  ['type = "range", field = "greeting", max_value = 4', false],
];

test("every evaluator, passing and not", async () => {
  const written = evaluators.map(([fields]) => `{${fields}}`).join(",\n");
  using desk = openDesk(evaluation(`${ada},\nevaluators = {${written}}`));
  const { stdout, stderr } = await desk.studio(
    ["eval", "a.tac", "--mock", "--json", ...embedded],
    withoutEngine,
  );
  expect(stderr).toBe("");
  const [run] = evaluationReport.parse(JSON.parse(stdout)).cases[0]?.runs ?? [];
  for (const [index, [fields, passes, message]] of evaluators.entries()) {
    const check = run?.checks[index];
    expect([fields, check?.passed]).toEqual([fields, passes]);
    if (message) expect(check?.message).toMatch(message);
  }
});

test("runs, rates and thresholds; a procedure that fails counts as a failed run", async () => {
  using desk = openDesk(
    evaluation(`runs = 2,
dataset = {{name = "ada", inputs = {name = "Ada"}}, {name = "bad", inputs = {name = "crash"}}},
evaluators = {{type = "contains", field = "greeting", value = "Hello"}},
thresholds = {min_success_rate = 0.5, max_cost_per_run = 0, max_duration = 60, max_tokens_per_run = 0}`),
  );
  const args = ["eval", "a.tac", "--mock", "--jobs", "2", ...embedded];
  const { code, stdout } = await desk.studio([...args, "--json"], withoutEngine);
  expect(code).toBe(0);
  const report = evaluationReport.parse(JSON.parse(stdout));
  expect(report).toMatchObject({ passed: 2, failed: 2, successRate: 0.5 });
  expect(report.cases.map(({ name, passed, runs }) => [name, passed, runs.length])).toEqual([
    ["ada", 2, 2],
    ["bad", 0, 2],
  ]);
  expect(report.cases[1]?.runs[0]?.error).toMatchObject({ code: "lua-error", message: "boom" });
  expect(report.thresholds.map(({ name, met }) => [name, met])).toEqual([
    ["min_success_rate", true],
    ["max_cost_per_run", true],
    ["max_duration", true],
    ["max_tokens_per_run", true],
  ]);
  const text = await desk.studio([...args, "--runs", "1"], withoutEngine);
  expect(text.stdout).toContain("2 runs: 1 passed, 1 failed, 0 skipped (50%)");
});

test.for([
  ["a threshold that is not met", "thresholds = {min_success_rate = 0.6}"],
  ["without a rate every run has to pass", "thresholds = {max_cost_per_run = 1}"],
])("%s: exit code 1", async ([, thresholds]) => {
  using desk = openDesk(
    evaluation(
      `dataset = {{name = "ada", inputs = {name = "Ada"}}, {name = "bad", inputs = {name = "crash"}}}, ${thresholds}`,
    ),
  );
  const { code, stdout } = await desk.studio(["eval", "a.tac", "--mock", ...embedded], withoutEngine);
  expect([code, stdout]).toEqual([1, expect.stringContaining("✗ min_success_rate: 0.5")]);
});

test.for([
  [
    "rows.jsonl",
    '{"name": "bob", "inputs": {"name": "Bob"}}\n\n{"name": "eve", "inputs": {"name": "Eve"}}\n',
  ],
  [
    "rows.json",
    '[{"name": "bob", "inputs": {"name": "Bob"}}, {"name": "eve", "inputs": {"name": "Eve"}, "metadata": {"k": 1}}]',
  ],
  [
    "rows.csv",
    'name,inputs,expected_output\nbob,"{""name"": ""Bob""}",\neve,"{""name"": ""Eve""}","{""greeting"": ""Hello Eve""}"\n',
  ],
])("a data set from %s, after the rows of the file", async ([name = "", text = ""]) => {
  using desk = openDesk({
    ...evaluation(
      `${ada}, dataset_file = "${name}", evaluators = {{type = "exact_match", field = "greeting"}}`,
    ),
    [name]: text,
  });
  const { stdout } = await desk.studio(["eval", "a.tac", "--mock", "--json", ...embedded], withoutEngine);
  const report = evaluationReport.parse(JSON.parse(stdout));
  expect(report.cases.map((one) => [one.name, one.passed])).toEqual([
    ["ada", 1],
    ["bob", 1],
    ["eve", 1],
  ]);
});

test.for<[what: string, fields: string, says: RegExp]>([
  [
    "an unknown evaluator",
    `${ada}, evaluators = {{type = "containz", value = "x"}}`,
    /there is no evaluator 'containz'\. There are: contains/,
  ],
  [
    "an evaluator without its value",
    `${ada}, evaluators = {{type = "contains"}}`,
    /evaluators\[1\] \(contains\): it needs `value`/,
  ],
  ["an unknown key", `${ada}, evaluatorz = {}`, /evaluatorz/],
  ["no cases", "evaluators = {}", /it has no cases/],
  ["a data set that is not there", 'dataset_file = "no.jsonl"', /dataset_file: .*not found/i],
  ["a data set outside", 'dataset_file = "../../etc/rows.json"', /dataset_file: /],
  ["a data set of another kind", 'dataset_file = "a.tac"', /\.jsonl, \.json or \.csv/],
])("%s is an error with its place", async ([, fields, says]) => {
  using desk = openDesk(evaluation(fields));
  const { code, stdout } = await desk.studio(["eval", "a.tac", "--mock", ...embedded], withoutEngine);
  expect(code).toBe(1);
  expect(stdout).toMatch(says);
  expect(stdout).toContain("[evaluation-invalid]");
  expect(stdout).toContain("a.tac:13");
});

test("a file without an evaluation", async () => {
  using desk = openDesk({ "a.tac": procedure });
  const { code, stdout } = await desk.studio(["eval", "a.tac", ...embedded], withoutEngine);
  expect([code, stdout]).toEqual([1, expect.stringContaining("[evaluation-missing]")]);
});

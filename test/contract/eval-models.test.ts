import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { type EvaluatedRun, evaluationReport } from "#protocol/reports/evaluation-report.ts";
import { testReport } from "#protocol/reports/test-report.ts";
import { type ModelRequest, type ModelServer, startModelServer } from "../support/model-server.ts";
import { openDesk } from "./studio.ts";

const embedded = ["--isolation", "embedded"];

const procedure = `writer = Agent { provider = "local", model = "writer-model", system_prompt = "Write.", tools = {} }
Procedure {
  input = { topic = field.string{default = "tea"} },
  function(input) return { reply = writer(input.topic).output } end
}
`;

const semantic = `${procedure}default_provider "local"
default_model "judge-model"
Specification([[
Feature: Tea
  Scenario: is polite
    When the procedure runs
    Then the output should semantically satisfy "It is polite."
]])
`;

let server: ModelServer;
let verdict: string;
const isJudge = ({ body }: ModelRequest): boolean => body["model"] === "judge-model";

beforeAll(async () => {
  server = await startModelServer((request) => ({
    kind: "answer",
    text: isJudge(request) ? verdict : "Tea is fine.",
    usage: isJudge(request) ? { input: 600, output: 400 } : { input: 60, output: 40 },
  }));
});
afterAll(() => server.dispose());
beforeEach(() => {
  verdict = '{"passed": true, "score": 0.9, "reason": "It is kind."}';
});

const person = (): string =>
  `providers: { local: { kind: openai-compatible, base_url: "${server.url}/v1", prices: { writer-model: { input: 100, output: 100 }, judge-model: { input: 100, output: 100 } } } }\n`;

const files = (source: string, more = ""): Record<string, string> => ({
  "a.tac": source,
  "home/.tactus/config.yml": person() + more,
});

const evaluation = (evaluators: string, rest = ""): string => `${procedure}Evaluation {
  dataset = {{name = "tea", inputs = {topic = "tea"}, expected_output = {reply = "Tea is good."}}},
  evaluators = {${evaluators}},
  ${rest}
}
`;

const judge = '{type = "llm_judge", field = "reply", rubric = "Is it polite?", model = "local:judge-model"}';

async function evaluated(source: string, more = "") {
  using desk = openDesk(files(source, more));
  const { code, stdout, stderr } = await desk.studio(["eval", "a.tac", "--json", ...embedded]);
  expect(stderr).toBe("");
  const report = evaluationReport.parse(JSON.parse(stdout));
  return { code, report, runs: report.cases.flatMap(({ runs }): EvaluatedRun[] => runs) };
}

/** What the judge answers, and what becomes of it in `eval` (a check) and `test` (a step). */
const verdicts: ReadonlyArray<readonly [what: string, answer: string, check: object, step: object]> = [
  [
    "a judge that is content",
    '{"passed": true, "score": 0.9, "reason": "It is kind."}',
    { passed: true, score: 0.9, message: "It is kind." },
    { status: "passed" },
  ],
  [
    "a verdict in a fence",
    'My verdict:\n```json\n{"passed": true, "reason": "It is kind."}\n```',
    { passed: true, score: 1, message: "It is kind." },
    { status: "passed" },
  ],
  [
    "a judge that is not, with its reason",
    '{"passed": false, "score": 0.2, "reason": "It is rude."}',
    { passed: false, score: 0.2, message: "It is rude." },
    { status: "failed", message: "The output does not satisfy it: It is rude." },
  ],
  [
    "an answer without a verdict",
    "Well, it depends.",
    { passed: false, message: expect.stringMatching(/judge-failed.*no verdict: Well, it depends\./) },
    { status: "failed", message: expect.stringMatching(/judge-failed.*no verdict: Well, it depends\./) },
  ],
  [
    "a verdict that is no JSON",
    '{"passed": yes}',
    { passed: false, message: expect.stringContaining("judge-failed") },
    { status: "failed", message: expect.stringContaining("judge-failed") },
  ],
];

test.for(verdicts)("eval: %s", async ([, answer, check]) => {
  verdict = answer;
  const { code, runs } = await evaluated(evaluation(judge));
  expect(runs[0]?.checks).toEqual([expect.objectContaining({ evaluator: "llm_judge(reply)", ...check })]);
  expect(code).toBe("passed" in check && check.passed === true ? 0 : 1);
});

test.for(verdicts)("test --no-mock: %s", async ([, answer, , step]) => {
  verdict = answer;
  using desk = openDesk(files(semantic));
  const { code, stdout, stderr } = await desk.studio(["test", "a.tac", "--no-mock", "--json", ...embedded]);
  expect(stderr).toBe("");
  const [scenario] = testReport.parse(JSON.parse(stdout)).files[0]?.scenarios ?? [];
  expect(scenario?.steps[1]).toMatchObject(step);
  expect(code).toBe(scenario?.steps[1]?.status === "passed" ? 0 : 1);
});

test("people see why a judge was not content", async () => {
  verdict = '{"passed": false, "score": 0.2, "reason": "It is rude."}';
  using desk = openDesk(files(evaluation(judge)));
  const { stdout } = await desk.studio(["eval", "a.tac", ...embedded]);
  expect(stdout).toContain("✗ llm_judge(reply) 0.2 It is rude.");
});

test("the judge reads the rubric, the output and what was expected, each in its place", async () => {
  const before = server.requests.length;
  await evaluated(evaluation(judge.replace("model =", "include_expected = true, model =")));
  const [, asked] = server.requests.slice(before);
  const text = JSON.stringify(asked?.body["messages"]);
  for (const part of ["Is it polite?", "Tea is fine.", "Tea is good."]) expect(text).toContain(part);
});

test("a judge that can't be asked is told with its code", async () => {
  const { runs } = await evaluated(evaluation(judge.replace("local:judge-model", "nowhere:judge-model")));
  const message = expect.stringMatching(/^model-provider-unknown: There is no model provider 'nowhere'/);
  expect(runs[0]?.checks).toEqual([expect.objectContaining({ passed: false, message })]);
});

test.for([
  ['{type = "max_tokens", value = 100}', true],
  ['{type = "max_tokens", value = 99}', false],
  ['{type = "max_cost", value = 0.0101}', true],
  ['{type = "max_cost", value = 0.0099}', false],
] as const)("%s after a judge: %s", async ([evaluator, passes]) => {
  const { runs } = await evaluated(evaluation(`${judge}, ${evaluator}`));
  expect(runs[0]?.checks[1]).toMatchObject({ passed: passes });
});

test("a case that reaches a limit of spending fails with it, and the others run", async () => {
  const greedy = evaluation(judge).replace(
    "function(input) return",
    'function(input) while input.topic == "greed" do writer("more") end return',
  );
  const source = greedy.replace("dataset = {", 'dataset = {{name = "greed", inputs = {topic = "greed"}}, ');
  const before = server.requests.length;
  const { code, report } = await evaluated(source, "limits: { tokens: 150 }\n");
  expect(report.cases.map(({ name, passed, runs }) => [name, passed, runs[0]?.error?.code])).toEqual([
    ["greed", 0, "limit-tokens"],
    ["tea", 1, undefined],
  ]);
  expect(server.requests.length - before).toBe(2 + 2);
  expect(code).toBe(1);
});

import { describe, expect, test } from "vitest";
import type { Json, JsonObject } from "#common/json.ts";
import { expectProgram, type ProgramCase } from "../testing/expect-program.ts";

const exported: Json = {
  format: "naive-bayes",
  labels: ["negative", "positive"],
  vocabulary: { excellent: 0, film: 1, terrible: 2 },
  idf: [1.287682, 1.693147, 1.693147],
  class_log_prior: [-1.098612, -0.405465],
  feature_log_prob: [
    [-2, -1, -1],
    [-1, -2, -2],
  ],
};

/** A registry in the workspace: two versions of `imdb`. */
const files: Readonly<Record<string, string>> = {
  ".tactus/models/imdb/v9.json": "{}",
  ".tactus/models/imdb/v10.json": JSON.stringify(exported),
};

const workspace = {
  "file.list": ({ path }: JsonObject): Json => ({
    entries: Object.keys(files)
      .filter((file) => file.startsWith(`${path}/`))
      .map((file) => ({ name: file.split("/").at(-1) ?? "", directory: false })),
  }),
  "file.status": ({ path }: JsonObject): Json => ({ exists: String(path) in files, bytes: 1 }),
  "file.read": ({ path }: JsonObject): Json => ({ text: files[String(path)] ?? "" }),
};

const answer = (text: string): Json => ({
  text,
  toolCalls: [],
  finishReason: "stop",
  usage: { inputTokens: 3, outputTokens: 2, totalTokens: 5 },
  cost: 0.5,
});

const examples =
  'examples = { {text = "excellent joy", label = "good"}, {text = "terrible bore", label = "bad"} }';

const cases: readonly ProgramCase[] = [
  {
    name: "a fixed answer",
    declare: 'm = Model { type = "mock", value = {label = "x", score = 0.5} }',
    body: "local r = m({text = 'hi'}) return {r.output.label, r.score, r.backend_type, r:get('none', 7), r.get('label')}",
    result: ["x", 0.5, "mock", 7, "x"],
  },
  {
    name: "predict is the same as a call",
    declare: 'Model "m" { type = "mock", value = 3 }',
    body: "return {Model('m').predict({a = 1}).output, Model('m')({}).cost.tokens_in}",
    result: [3, 0],
  },
  {
    name: "declared in the workflow",
    body: 'local m = Model "late" { type = "mock", value = "v" } return m({}).output',
    result: "v",
  },
  {
    name: "a result returned as it is",
    declare: 'm = Model { type = "mock", value = {a = 1} }',
    body: "return {r = m({})}",
    result: { r: { a: 1 } },
  },
  {
    name: "a vote",
    declare: `m = Model { type = "ensemble", members = {
      {type = "mock", value = "a"}, {type = "mock", value = "b"}, {type = "mock", value = "b"} } }`,
    body: "local r = m({}) return {r.output, r.metadata.votes}",
    result: ["b", ["a", "b", "b"]],
  },
  {
    name: "an average",
    declare: `m = Model { type = "ensemble", strategy = "average", members = {
      {type = "mock", value = 1}, {type = "mock", value = 2} } }`,
    body: "return m({}).output",
    result: 1.5,
  },
  {
    name: "an arm by weight",
    declare: `m = Model { type = "traffic_split", weights = {0, 1}, arms = {
      {type = "mock", value = "a"}, {type = "mock", value = "b"} } }`,
    body: "local r = m({}) return {r.output, r.metadata.arm_index}",
    result: ["b", 1],
  },
  {
    name: "trained from examples in the file",
    declare: `m = Model { type = "naive_bayes", ${examples} }`,
    body: 'local r = m({text = "an excellent evening"}) return {r.label, r.confidence > 0.5, r.confidence < 1}',
    result: ["good", true, true],
  },
  {
    name: "the newest version of a registry",
    declare: 'm = Model { type = "registry", name = "imdb", input = {text = "string"} }',
    body: 'return m({text = "Excellent!"}).label',
    options: { answers: workspace },
    result: "positive",
  },
  {
    name: "an exported scikit-learn model",
    declare: 'm = Model { type = "sklearn", path = ".tactus/models/imdb/v10.json" }',
    body: 'return m({text = "terrible film"}).label',
    options: { answers: workspace },
    result: "negative",
  },
  {
    name: "the fallback of a registry that has no such model",
    declare: `m = Model { type = "registry", name = "other", fallback = {type = "mock", value = "f"} }`,
    body: "return m({}).output",
    options: { answers: workspace },
    result: "f",
  },
  {
    name: "a registry without the model",
    declare: 'm = Model { type = "registry", name = "other" }',
    body: "return m({text = 'x'})",
    options: { answers: workspace },
    fails: "model-missing",
  },
  {
    name: "a file that is no model",
    declare: 'm = Model { type = "registry", name = "imdb", version = "v9" }',
    body: "return m({text = 'x'})",
    options: { answers: workspace },
    fails: "model-file-invalid",
  },
  {
    name: "an address, through the host tool of the model's name",
    declare:
      'mood = Model { type = "http", endpoint = "https://models.example.com/mood", cost_per_call = 0.25 }',
    body: "local r = mood({text = 'hi'}) return {r.label, r.cost.inference_cost}",
    options: { answers: { "host.call": ({ tool }) => ({ result: { label: `${tool}!` } }) } },
    result: ["mood!", 0.25],
  },
  {
    name: "an address that trusted config does not have",
    declare: 'mood = Model { type = "http", endpoint = "https://models.example.com/mood" }',
    body: "return mood({text = 'hi'})",
    fails: /declare 'mood' with https:\/\/models\.example\.com\/mood under host_tools/,
  },
  {
    name: "a mock in the place of a model that can't run here",
    declare: `Model "bert" { type = "hf_sequence_classifier", model = "x" }
      Mocks { bert = { returns = {label = "yes"} } }`,
    body: "return Model('bert')({text = 'x'}).label",
    result: "yes",
  },
  {
    name: "a mocked run needs no model",
    declare: 'm = Model { type = "pytorch", path = "m.pt" }',
    body: "return m({text = 'x'}).response",
    options: { mock: true },
    result: "Mocked response from m",
  },
  {
    name: "an input that does not fit",
    declare: 'm = Model { type = "mock", value = 1, input = {text = "string", n = "int"} }',
    body: "return m({text = 5})",
    fails: /^Model 'm': input\.n is missing\. input\.text must be a string, got number 5\.$/,
  },
];

test.for(cases)("$name", (program) => {
  expectProgram(program);
});

describe("what can't be declared", () => {
  test.for<[declare: string, code: string]>([
    ['m = Model { type = "pytorch", path = "m.pt" }', "model-kind-unavailable"],
    [
      'm = Model { type = "ensemble", members = { {type = "sklearn", path = "m.pkl"} } }',
      "model-kind-unavailable",
    ],
    ['m = Model { type = "bert" }', "declaration-invalid"],
    ["m = Model { }", "declaration-invalid"],
    ['m = Model { type = "naive_bayes" }', "declaration-invalid"],
    [
      'm = Model { type = "ab_test", arms = { {type = "mock", value = 1} }, weights = {1, 2} }',
      "declaration-invalid",
    ],
  ])("%s", ([declare, code]) => {
    const { finished, requests } = expectProgram({
      name: "",
      declare: declare ?? "",
      body: "return 1",
      fails: code,
    });
    expect(finished.error).toMatchObject({ file: "main.tac", line: 1 });
    expect(requests).toEqual([]);
  });
});

describe("a language model", () => {
  const declare = `mood = Model { type = "llm", model = "openai/m", system_prompt = "Judge.", temperature = 0.5,
    input = {text = "string"}, output = {response = "string"} }`;

  test("is asked afresh each time, and each call is a checkpoint", () => {
    const { events, requests } = expectProgram({
      name: "",
      declare,
      body: "mood({text = 'a'}) local r = mood({text = 'b'}) return {r.response, r.cost.tokens_in, r.cost.inference_cost, r.model_version}",
      options: { answers: { "model.generate": () => answer("good") } },
      result: ["good", 3, 0.5, "openai/m"],
    });
    expect(requests.map(({ params }) => params["messages"])).toEqual([
      [
        { role: "system", text: "Judge." },
        { role: "user", text: '{"text":"a"}' },
      ],
      [
        { role: "system", text: "Judge." },
        { role: "user", text: '{"text":"b"}' },
      ],
    ]);
    expect(requests[0]?.params["settings"]).toEqual({ temperature: 0.5 });
    expect(events.filter(({ type }) => type === "checkpoint")).toMatchObject([
      { kind: "model", name: "mood" },
      { kind: "model", name: "mood" },
    ]);
  });

  test("gives the declared fields of an answer in JSON", () => {
    const { requests } = expectProgram({
      name: "",
      declare: 'm = Model { type = "llm", model = "openai/m", output = {label = "string", score = "float"} }',
      body: "local r = m({text = 'a'}) return {r.label, r.score, r.response}",
      options: { answers: { "model.generate": () => answer('{"label": "good", "score": 0.9}') } },
      result: ["good", 0.9, '{"label": "good", "score": 0.9}'],
    });
    expect(JSON.stringify(requests[0]?.params["messages"])).toContain("- label: string, required");
  });

  test("that answers something else than declared is warned about", () => {
    const { events } = expectProgram({
      name: "",
      declare: 'm = Model { type = "llm", model = "openai/m", output = {label = "string"} }',
      body: "return m({text = 'a'}).response",
      options: { answers: { "model.generate": () => answer("no idea") } },
      result: "no idea",
    });
    expect(events.find(({ type }) => type === "log")).toMatchObject({
      level: "warn",
      message: "Model 'm' answered something else than declared: output.label is missing.",
    });
  });
});

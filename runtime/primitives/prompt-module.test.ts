import { expect, test } from "vitest";
import { answeringModel } from "../testing/answering-model.ts";
import { expectProgram, type ProgramCase } from "../testing/expect-program.ts";

const lm = 'LM("openai/m")()\n';

const cases: readonly ProgramCase[] = [
  {
    name: "one text",
    declare: `${lm}qa = Module "qa" { signature = "question -> answer" }`,
    body: "return qa({question = 'Why?'}).answer",
    options: answeringModel("Because."),
    result: "Because.",
  },
  {
    name: "several fields, with types",
    declare: `${lm}Module("rate", { signature = "text, tags: list[str] -> score: float, good: bool" })`,
    body: `local rate = Module "rate" { signature = "text, tags: list[str] -> score: float, good: bool" }
      local r = rate({text = 'x', tags = {'a'}}) return {r.score, r.good}`,
    options: answeringModel('{"score": "0.5", "good": true}'),
    result: [0.5, true],
  },
  {
    name: "thoughts first",
    declare: `${lm}qa = Module "qa" { signature = Signature("question -> answer"), strategy = "chain_of_thought" }`,
    body: "local r = qa({question = 'Why?'}) return {r.reasoning, r.answer}",
    options: answeringModel("REASONING: Hm.\nRESPONSE: Because."),
    result: ["Hm.", "Because."],
  },
  {
    name: "a signature of fields",
    declare: `${lm}s = Signature "sum" { instructions = "Add.", input = {a = field.integer{}}, output = {b = {type = "integer"}} }
      add = Module "add" { signature = s, strategy = "raw" }`,
    body: "return {add({a = 1}).b, s.name, add.strategy}",
    options: answeringModel('{"b": 2}'),
    result: [2, "sum", "raw"],
  },
  {
    name: "mocked by its name",
    declare: `Module "qa" { signature = "q -> a" }
      Mocks { qa = { returns = {a = "mocked"} } }`,
    body: 'return Module("qa", { signature = "q -> a" })({q = "x"}).a',
    result: "mocked",
  },
  {
    name: "an input that is missing",
    declare: `${lm}qa = Module "qa" { signature = "question, context -> answer" }`,
    body: "return qa({question = 'Why?'})",
    fails: "input-invalid",
  },
  {
    name: "no model anywhere",
    declare: 'qa = Module "qa" { signature = "q -> a" }',
    body: "return qa({q = 'x'})",
    fails: /^Module 'qa' has no provider/,
  },
  ...[
    ['Module "x" {}', /^Module 'x': field 'signature' is required\.$/],
    ['Module "x" { signature = "q" }', /must have one arrow/],
    ['Module "x" { signature = "q -> " }', /needs at least one output/],
    ['Module "x" { signature = "q! -> a" }', /has 'q!', which is no name/],
    ['Module "x" { signature = "q -> a", strategy = "react" }', /the strategy 'react' is not implemented/],
    ['Module "x" { signature = "q -> a", strategy = "magic" }', /the strategy must be/],
    ["Signature(5)", /^Signature must be a text/],
  ].map(
    ([declare, fails]): ProgramCase => ({
      name: String(declare),
      declare: String(declare),
      body: "return 1",
      fails: fails as RegExp,
    }),
  ),
  {
    name: "the current model",
    body: `local before = get_current_lm()
      LM "anthropic/x" { temperature = 0.5 }
      return {before == nil, get_current_lm().model, get_current_lm().temperature}`,
    result: [true, "anthropic/x", 0.5],
  },
  {
    name: "an agent with its name in its table, and the current model",
    declare: 'LM("openai/m", {temperature = 0.5})',
    body: `local a = DSPyAgent { name = "helper", system_prompt = "Help.", toolsets = {} }
      return {a("hi").output, a.name, DSPyAgent({system_prompt = "x"}).name}`,
    options: answeringModel("yes"),
    result: ["yes", "helper", "dspy_agent"],
  },
];

test.for(cases)("$name", (program) => {
  expectProgram(program);
});

test("the model is asked with the fields, once a call, as a checkpoint", () => {
  const { events, requests } = expectProgram({
    name: "",
    declare:
      'LM("openai/m", {temperature = 0.5})\nqa = Module "qa" { signature = "question -> answer", max_tokens = 9 }',
    body: "qa({question = 'One?'}) return qa({question = 'Two?'}).answer",
    options: answeringModel("1", "2"),
    result: "2",
  });
  expect(requests[1]?.params).toMatchObject({
    agent: "qa",
    provider: "openai",
    model: "m",
    tools: [],
    messages: [
      { role: "system", text: "Given the fields `question`, produce the fields `answer`." },
      { role: "user", text: "question: Two?" },
    ],
    settings: { temperature: 0.5, maxTokens: 9 },
  });
  expect(events.filter(({ type }) => type === "checkpoint")).toMatchObject([
    { kind: "model", name: "qa" },
    { kind: "model", name: "qa" },
  ]);
});

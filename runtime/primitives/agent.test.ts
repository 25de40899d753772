import { expect, test } from "vitest";
import type { Json } from "#common/json.ts";
import { RequestRefused } from "../ports.ts";
import { expectProgram, type ProgramCase } from "../testing/expect-program.ts";

const writer =
  'writer = Agent { provider = "openai", model = "gpt", system_prompt = "Write on {input.topic}." }';
const usage = { inputTokens: 3, outputTokens: 2, totalTokens: 5 };
const says = (text: string): Json => ({ text, toolCalls: [], finishReason: "stop", usage, cost: 0.25 });
const hello = { answers: { "model.generate": () => says("hello") } };

const cases: readonly ProgramCase[] = [
  { name: "a text", declare: writer, body: "return writer('hi').output", options: hello, result: "hello" },
  {
    name: "a table",
    declare: writer,
    body: "return writer({message = 'hi', topic = 'x'}).output",
    options: hello,
    result: "hello",
  },
  {
    name: "the result as text, and its fields",
    declare: writer,
    body: "local r = writer('hi'); return {tostring(r), r.message, r.usage.total_tokens, r.cost().total_cost, r.cost_stats.model, type(r)}",
    options: hello,
    result: ["hello", "hello", 5, 0.25, "gpt", "table"],
  },
  {
    name: "a result that is returned is its output",
    declare: writer,
    body: "return {r = writer('hi')}",
    options: hello,
    result: { r: "hello" },
  },
  {
    name: "the handle adds up",
    declare: writer,
    body: "writer('a'); writer('b'); return {writer.output, writer.usage.total_tokens, writer.cost().total_cost, #writer.get_history(), writer.name}",
    options: hello,
    result: ["hello", 10, 0.5, 4, "writer"],
  },
  {
    name: "clear_history begins anew",
    declare: writer,
    body: "writer('a'); writer.clear_history(); return #writer.history.get()",
    options: hello,
    result: 0,
  },
  {
    name: "curried, and looked up",
    declare: 'Agent "w" { provider = "openai", model = "m", system_prompt = "s" }',
    body: "return Agent('w')('x').output",
    options: hello,
    result: "hello",
  },
  {
    name: "curried, and called by its name",
    declare: 'Agent "w" { provider = "openai", model = "m", system_prompt = "s" }',
    body: "return w('x').output",
    options: hello,
    result: "hello",
  },
  {
    name: "a name that means something already keeps its meaning",
    declare: 'Agent "type" { provider = "openai", model = "m", system_prompt = "s" }',
    body: "return type('x')",
    result: "string",
  },
  {
    name: "made inside the body",
    body: "local a = Agent { provider = 'openai', model = 'm', system_prompt = 's' }; return a('x').output",
    options: hello,
    result: "hello",
  },
  {
    name: "the default model by assignment",
    declare: 'default_provider = "openai"\ndefault_model = "small"\nw = Agent { system_prompt = "s" }',
    body: "return w('x').cost_stats.model",
    options: hello,
    result: "small",
  },
  {
    name: "the default model of the config",
    declare: 'w = Agent { system_prompt = "s" }',
    body: "return w('x').cost_stats.model",
    options: { ...hello, settings: { defaultProvider: "openai", defaultModel: "cfg" } },
    result: "cfg",
  },
  {
    name: "a mock",
    declare: `${writer}\nMocks { writer = { message = "canned" } }`,
    body: "return writer('x').output",
    result: "canned",
  },
  {
    name: "a run with mocks only",
    declare: writer,
    body: "return writer('x').output",
    options: { mock: true },
    result: "Mocked response from writer",
  },
  {
    name: "an unknown tool",
    declare: 'w = Agent { provider = "openai", model = "m", system_prompt = "s", tools = {"nope"} }',
    body: "return 1",
    fails: /nope/,
  },
];

test.for(cases)("$name", (program) => {
  expectProgram(program);
});

test("a turn is a checkpoint that holds what a resumed run needs", () => {
  const { events, finished } = expectProgram({
    name: "",
    declare: writer,
    body: "writer('hi') return 1",
    options: hello,
    result: 1,
  });
  expect(events.map(({ type }) => type)).toEqual(["turn.started", "turn.finished", "checkpoint"]);
  expect(events[2]).toMatchObject({
    kind: "turn",
    name: "writer",
    at: { line: 3 },
    value: {
      output: "hello",
      text: "hello",
      usage,
      cost: 0.25,
      messages: [{ role: "user" }, { role: "assistant" }],
    },
  });
  expect(finished).toMatchObject({ usage, cost: 0.25 });
});

test("a refused model fails the run with its code, at the call", () => {
  const refuse = (): never => {
    throw new RequestRefused("model-key-missing", "There is no key for openai.");
  };
  const { finished } = expectProgram({
    name: "",
    declare: writer,
    body: "return writer('x')",
    options: { answers: { "model.generate": refuse } },
    fails: "model-key-missing",
  });
  expect(finished.error).toMatchObject({ line: 3, file: "main.tac" });
});

import { expect, test } from "vitest";
import { answeringModel } from "../../testing/answering-model.ts";
import { expectProgram, type ProgramCase } from "../../testing/expect-program.ts";

const extract = (fields: string, more = ""): string =>
  `local e = require("tactus.text.extract")
   local r = e.LLMExtractor:new { fields = { ${fields} }, prompt = "Read.", model = "openai/m", ${more} }:extract("text")`;

const cases: readonly ProgramCase[] = [
  {
    name: "every type, from texts",
    body: `${extract('s = "string", n = "number", i = "Integer", yes = "boolean", l = "list", o = "dict", x = "thing"')}
      return r.fields`,
    options: answeringModel(
      'Here: {"s": 5, "n": "1.5", "i": 2.75, "yes": "YES", "l": [1], "o": {"a": 1}, "x": "any"} Bye.',
    ),
    result: { s: "5", n: 1.5, i: 2, yes: true, l: [1], o: { a: 1 }, x: "any" },
  },
  {
    name: "a missing field is asked for again",
    body: `${extract('a = "string", b = "number"')} return {r.fields, r.retry_count, r.error}`,
    options: answeringModel('{"a": "x"}', '{"a": "x", "b": 2}'),
    result: [{ a: "x", b: 2 }, 1],
  },
  {
    name: "a missing field that may be missing",
    body: `${extract('a = "string", b = "number"', "strict = false")} return r.fields`,
    options: answeringModel('{"a": "x", "b": null}'),
    result: { a: "x" },
  },
  {
    name: "no JSON in any attempt",
    body: `${extract('a = "string"', "max_retries = 1")} return {r.fields, r.error, r.validation_errors, r.retry_count, r.raw_response}`,
    options: answeringModel("no", "neither {"),
    result: [
      {},
      "Max retries (1) exceeded. Validation errors: No JSON object found in response",
      ["No JSON object found in response"],
      1,
      "neither {",
    ],
  },
  {
    name: "a value of another type",
    body: `${extract('b = "boolean"', "max_retries = 0")} return r.validation_errors`,
    options: answeringModel('{"b": "perhaps"}'),
    result: ["Field 'b' must be of type boolean"],
  },
  {
    name: "without fields",
    body: 'return require("tactus.text.extract.llm").LLMExtractor:new { prompt = "p" }',
    fails: /requires 'fields' field/,
  },
  {
    name: "mocked by the agent's name, called as a function",
    declare: `Mocks { reader = { message = '{"name": "Ada"}' } }`,
    body: `local e = require("tactus.text.extract").LLMExtractor:new {
        name = "reader", fields = { name = "string" }, prompt = "p", model = "openai/m" }
      return e("Ada Lovelace").fields.name`,
    result: "Ada",
  },
];

test.for(cases)("$name", (program) => {
  expectProgram(program);
});

test("the model is told what to read, and what was wrong", () => {
  const { requests, events } = expectProgram({
    name: "",
    body: `${extract('b = "number", a = "string"')} return r.retry_count`,
    options: answeringModel('{"a": "x", "b": "many"}', '{"a": "x", "b": 2}'),
    result: 1,
  });
  const said = JSON.stringify(requests.map(({ params }) => params["messages"]));
  expect(said).toContain("- a: string\\n- b: number");
  expect(said).toContain("Please extract the following information:\\n\\ntext");
  expect(said).toContain("Field 'b' must be of type number");
  expect(requests[0]?.params).toMatchObject({ tools: [], settings: { temperature: 0.3 } });
  expect(events.filter(({ type }) => type === "checkpoint")).toHaveLength(2);
});

import { expect, test } from "vitest";
import { answeringModel } from "../../testing/answering-model.ts";
import { expectProgram, type ProgramCase } from "../../testing/expect-program.ts";

const generate = (config: string): string =>
  `local r = require("tactus.generate").LLMGenerator:new { model = "openai/m", ${config} }:generate("go")`;

const cases: readonly ProgramCase[] = [
  {
    name: "a text",
    body: `${generate("")} return {r.output, r.format, r.retry_count, r.raw_response, r.error}`,
    options: answeringModel("Hello"),
    result: ["Hello", "text", 0, "Hello"],
  },
  {
    name: "JSON stays text",
    body: `${generate('output_format = "json"')} return {r.output, r.retry_count}`,
    options: answeringModel("Sure!", '{"a": 1}'),
    result: ['{"a": 1}', 1],
  },
  {
    name: "thoughts and answer",
    body: `${generate("reasoning = true")} return {r.output, r.reasoning}`,
    options: answeringModel("REASONING: a quarter.\nRESPONSE: 30"),
    result: ["30", "a quarter."],
  },
  {
    name: "thoughts asked for in vain",
    body: `${generate("reasoning = true")} return {r.output, r.reasoning}`,
    options: answeringModel("30"),
    result: ["30"],
  },
  {
    name: "no valid answer",
    body: `${generate('output_format = "json", max_retries = 1')} return {r.output, r.error, r.retry_count}`,
    options: answeringModel("a", "b", "{}"),
    result: ["b", "Failed to generate valid response after 1 retries", 2],
  },
  {
    name: "a model that fails is an error of the result",
    body: `${generate("max_retries = 0")} return {r.output, (r.error:find("model.generate", 1, true)) ~= nil}`,
    result: ["", true],
  },
  {
    name: "a generator of one's own",
    body: `local g = require("tactus.generate")
      local Mine = g.class(g.BaseGenerator)
      function Mine:generate(prompt) return {output = self:build_system_prompt() .. "|" .. prompt} end
      return Mine:new({constraints = {"short", "kind"}, instructions = "Rhyme.", output_format = "markdown"})("hi").output`,
    result:
      "You are a helpful assistant.\n\nFormat the answer as Markdown.\n\nRhyme.\n\nConstraints: short, kind|hi",
  },
];

test.for(cases)("$name", (program) => {
  expectProgram(program);
});

test("the settings reach the model", () => {
  const { requests } = expectProgram({
    name: "",
    body: `${generate('system_prompt = "Be kind.", max_tokens = 7, name = "poet"')} return r.output`,
    options: answeringModel("x"),
    result: "x",
  });
  expect(requests[0]?.params).toMatchObject({
    agent: "poet",
    tools: [],
    settings: { temperature: 0.7, maxTokens: 7 },
    messages: [
      { role: "system", text: "Be kind." },
      { role: "user", text: "go" },
    ],
  });
});

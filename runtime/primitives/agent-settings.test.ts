import { describe, expect, test } from "vitest";
import { answeringModel } from "../testing/answering-model.ts";
import { expectProgram, type ProgramCase } from "../testing/expect-program.ts";

const agent = (name: string, more: string): string =>
  `${name} = Agent { provider = "openai", model = "m", system_prompt = "s", ${more} }\n`;

const cases: readonly ProgramCase[] = [
  {
    name: "max_turns of an agent",
    declare: agent("a", "max_turns = 2"),
    body: "a('1') a('2') a.clear_history() a('3') a('4') a('5')",
    options: answeringModel(),
    fails: /^Agent 'a' has made the 2 turns that it may make \(max_turns\)\.$/,
  },
  {
    name: "max_turns of the file, for agents that do not say",
    declare: `max_turns(1)\n${agent("a", "")}${agent("b", "max_turns = 2")}`,
    body: "b('1') b('2') a('1') return (pcall(a, '2'))",
    options: answeringModel(),
    result: false,
  },
  {
    name: "a history that agents share",
    declare:
      agent("a", 'message_history = {source = "shared"}') +
      agent("b", 'message_history = {source = "shared"}'),
    body: "a('one') b('two') return #b.get_history()",
    options: answeringModel("1", "2"),
    result: 4,
  },
  {
    name: "the history of another agent",
    declare: agent("b", "message_history = {source = 'a'}") + agent("a", ""),
    body: "a('one') b('two') return {#b.get_history(), #a.get_history()}",
    options: answeringModel("1", "2"),
    result: [4, 4],
  },
  {
    name: "a toolset that a mocked run can't know",
    declare: 'a = Agent { provider = "openai", model = "m", system_prompt = "s", tools = {"files"} }',
    body: "return a('go').output",
    options: { mock: true },
    result: "Mocked response from a",
  },
  {
    name: "a history of nobody",
    declare: agent("b", "message_history = {source = 'z'}"),
    body: "return 1",
    fails: /^Agent 'b': the source of its message_history, 'z', is no agent of this file\.$/,
  },
  {
    name: "histories in a circle",
    declare: agent("a", "message_history = {source = 'b'}") + agent("b", "message_history = {source = 'a'}"),
    body: "return 1",
    fails: /leads back to itself/,
  },
];

test.for(cases)("$name", (program) => {
  expectProgram(program);
});

describe("thinking aloud", () => {
  test("the thoughts stand beside the answer", () => {
    const { requests } = expectProgram({
      name: "",
      declare: agent("a", 'module = "ChainOfThought"'),
      body: "local r = a('go') return {r.output.reasoning, r.output.response, r.message, tostring(r)}",
      options: answeringModel("REASONING: half of it.\nRESPONSE:\n30"),
      result: ["half of it.", "30", "30", "30"],
    });
    expect(JSON.stringify(requests[0]?.params["messages"])).toContain("Think step by step");
  });

  test("in a structured answer they are a field", () => {
    const { requests } = expectProgram({
      name: "",
      declare: agent("a", 'module = "chain_of_thought", output = {score = field.integer{required = true}}'),
      body: "local r = a('go') return {r.output.reasoning, r.output.score}",
      options: answeringModel('{"reasoning": "half", "score": 30}'),
      result: ["half", 30],
    });
    expect(requests[0]?.params["outputSchema"]).toMatchObject({ required: ["reasoning", "score"] });
  });
});

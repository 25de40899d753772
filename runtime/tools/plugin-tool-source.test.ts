import { expect, test } from "vitest";
import type { PluginStart } from "#protocol/wire/plugins.ts";
import { RequestRefused } from "../ports.ts";
import { expectProgram, type ProgramCase } from "../testing/expect-program.ts";

/** Plugin tools as a procedure and an agent see them; the process is played by the answers. */

const parameters = { type: "object", properties: { a: { type: "integer" } }, required: ["a"] };
const sources = ["math", "text"].map((module) => ({
  file: `tools/${module}.py`,
  module,
  source: "",
  givesTools: true,
}));
const plugins: PluginStart = { runnable: true, sources, withheld: [] };
const answers = {
  "plugin.list": () => ({
    tools: [
      { module: "math", name: "add", description: "Adds.", parameters },
      { module: "math", name: "half", description: "Halves.", parameters },
      { module: "text", name: "shout", description: "Shouts.", parameters },
    ],
    problems: ["Plugin tools/bad.py gives no tool: SyntaxError: invalid syntax (line 1)"],
  }),
  "plugin.call": ({ name }: { readonly name?: unknown }) => {
    if (name === "shout") throw new RequestRefused("tool-failed", "shout: ValueError: no voice");
    return { text: name === "half" ? "2.0" : '{"sum":4}' };
  },
};
const options = { plugins, answers };

const cases: readonly ProgramCase[] = [
  {
    name: "a declared function",
    declare: 'add = Tool { use = "plugin.math.add" }',
    body: "return { add({a = 1}).sum, add.name, add.called() }",
    result: [4, "add", true],
  },
  {
    name: "a function with packages before its module",
    declare: 'add = Tool { use = "plugin.tactus.plugins.math.add" }',
    body: "return add({a = 1}).sum",
    result: 4,
  },
  {
    name: "a float that is whole stays one",
    body: "return tostring(Tool.get('half')({a = 4}))",
    result: "2.0",
  },
  { name: "a tool by its name", body: "return Tool.get('add')({a = 1})", result: { sum: 4 } },
  {
    name: "what is raised can be caught",
    body: "local ok, message = pcall(Tool.get('shout'), {a = 1}) return { ok, message }",
    result: [false, "shout: ValueError: no voice"],
  },
  { name: "what is raised and not caught", body: "Tool.get('shout')({a = 1})", fails: "tool-failed" },
  {
    name: "a function that is not there",
    declare: 'gone = Tool { use = "plugin.math.gone" }',
    body: "gone({})",
    fails: /there is nothing behind 'plugin\.math\.gone'/,
  },
];

test.for(cases)("$name", (program) => {
  expectProgram({ ...program, options });
});

/** Names of the tools that an agent was offered. */
function offered(declare: string, agentTools: string): unknown {
  const agent = `writer = Agent { provider = "openai", model = "m", system_prompt = "s"${agentTools} }`;
  const { requests } = expectProgram({
    name: "",
    declare: `${declare}\n${agent}`,
    body: "writer('go') return 1",
    result: 1,
    options: { plugins, answers: { ...answers, "model.generate": () => modelAnswer } },
  });
  const request = requests.find(({ method }) => method === "model.generate");
  const tools = (request?.params["tools"] ?? []) as unknown as { name: string }[];
  return tools.map(({ name }) => name);
}

const modelAnswer = {
  text: "ok",
  toolCalls: [],
  finishReason: "stop",
  usage: { inputTokens: 0, outputTokens: 0, totalTokens: 0 },
};

test.for([
  { declare: "", tools: "", names: ["add", "half", "shout"] },
  { declare: "", tools: ', tools = {"plugin"}', names: ["add", "half", "shout"] },
  { declare: 'sums = Tool { use = "plugin.math.add" }', tools: ", tools = {sums}", names: ["sums"] },
  { declare: 'Toolset "t" { use = "plugin.math" }', tools: ', tools = {"t"}', names: ["add", "half"] },
  {
    declare: 'Toolset "t" { type = "plugin", modules = {"text"} }',
    tools: ', tools = {"t"}',
    names: ["shout"],
  },
  {
    declare: 'Toolset "t" { type = "plugin", paths = {"./tools/text.py"} }',
    tools: ', tools = {"t"}',
    names: ["shout"],
  },
  {
    declare: 'Toolset "t" { type = "plugin", paths = {"tools"} }',
    tools: ', tools = {"t"}',
    names: ["add", "half", "shout"],
  },
  {
    declare: "",
    tools: ', tools = {{ name = "plugin", include = {"add"}, prefix = "p" }}',
    names: ["p_add"],
  },
])("an agent with $tools and '$declare' is offered $names", ({ declare, tools, names }) => {
  expect(offered(declare, tools)).toEqual(names);
});

test("the schema goes to the model, the process is asked once, its problems are warnings", () => {
  const { events, requests } = expectProgram({
    name: "",
    body: "Tool.get('add')({a = 1}) return Tool.get('half')({a = 1})",
    result: 2,
    options,
  });
  expect(requests.filter(({ method }) => method === "plugin.list")).toHaveLength(1);
  expect(events.filter(({ type }) => type === "log")).toMatchObject([
    { level: "warn", message: expect.stringMatching(/tools\/bad/) },
  ]);
  expect(events.filter(({ type }) => type === "tool.called")).toMatchObject([
    { tool: "add", zone: "plugin", arguments: { a: 1 }, by: "procedure" },
    { tool: "half", zone: "plugin" },
  ]);
});

test("a model is told what a function raised, and goes on", () => {
  const asking = { ...modelAnswer, toolCalls: [{ id: "1", tool: "shout", arguments: { a: 1 } }] };
  const turns = [asking, modelAnswer];
  const { requests, events } = expectProgram({
    name: "",
    declare: 'writer = Agent { provider = "openai", model = "m", system_prompt = "s", tools = {"plugin"} }',
    body: "return writer('go').output",
    result: "ok",
    options: {
      plugins,
      answers: { ...answers, "model.generate": () => turns.shift() ?? modelAnswer },
    },
  });
  const followUp = requests.findLast(({ method }) => method === "model.generate");
  expect(JSON.stringify(followUp?.params["messages"])).toContain("shout: ValueError: no voice");
  expect(events.filter(({ type }) => type === "tool.returned")).toMatchObject([
    { tool: "shout", zone: "plugin", by: "agent", error: { code: "tool-failed" } },
  ]);
});

const use = { name: "", declare: 'add = Tool { use = "plugin.math.add" }', body: "return add({a = 1})" };

test("nothing is asked where plugins can't run, and the failure says what to do", () => {
  const embedded = { ...plugins, runnable: false };
  const asked = expectProgram({
    ...use,
    fails: /run with `--isolation docker`/,
    options: { ...options, plugins: embedded },
  });
  expect(asked.requests).toEqual([]);
  const withheld = { runnable: true, sources: [], withheld: ["./tools"] };
  for (const program of [use, { name: "", body: "return Tool.get('add')({})" }]) {
    expectProgram({ ...program, fails: "tool-denied", options: { ...options, plugins: withheld } });
  }
});

test("a mocked tool needs no plugin", () => {
  const mocked = `${use.declare}\nMocks { add = { returns = { sum = 9 } } }`;
  for (const start of [undefined, { ...plugins, runnable: false }]) {
    const mock = { mock: true, ...(start ? { plugins: start } : {}) };
    expectProgram({ ...use, declare: mocked, result: { sum: 9 }, options: mock });
  }
});

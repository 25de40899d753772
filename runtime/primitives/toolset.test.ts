import { expect, test } from "vitest";
import type { Json } from "#common/json.ts";
import { RequestRefused } from "../ports.ts";
import { expectProgram } from "../testing/expect-program.ts";

const tools = `
add = Tool { description = "Add", input = {a = field.number{required = true}}, function(args) return args.a + 1 end }
sub = Tool { description = "Sub", input = {}, function() return 0 end }
Toolset "math" { tools = {"add", sub, "gone"} }
letters = Toolset { tools = { {name = "shout", description = "Upper", input = {text = field.string{required = true}}, function(args) return args.text:upper() end} } }
Toolset("plain", { type = "lua", tools = { {name = "whisper", input = {}, function() return "" end} } })
Toolset "some" { type = "filtered", source = "math", pattern = "a" }
Toolset "both" { type = "combined", sources = {"some", "letters"} }
`;

const agent = (list: string): string =>
  `writer = Agent { provider = "openai", model = "m", system_prompt = "s", tools = ${list} }`;

/** Names of the tools that a model was offered. */
function offered(declare: string, body = "writer('go')"): unknown {
  const { requests } = expectProgram({
    name: "",
    declare,
    body: `${body} return 1`,
    options: { answers: { "model.generate": () => modelAnswer("ok") } },
    result: 1,
  });
  const names = requests.find(({ method }) => method === "model.generate")?.params["tools"];
  return Array.isArray(names) ? names.map((tool) => tool.name) : names;
}

function modelAnswer(text: string, toolCalls: readonly Json[] = []): Json {
  const usage = { inputTokens: 3, outputTokens: 2, totalTokens: 5 };
  return { text, toolCalls, finishReason: "stop", usage, cost: 0.5 };
}

test.for([
  { list: '{"math"}', names: ["add", "sub"] },
  { list: '{"letters"}', names: ["letters_shout"] },
  { list: "{letters, add}", names: ["letters_shout", "add"] },
  { list: '{"plain"}', names: ["whisper"] },
  { list: '{"some"}', names: ["add"] },
  { list: '{"both"}', names: ["add", "letters_shout"] },
  { list: "{}", names: [] },
])("tools = $list offers $names", ({ list, names }) => {
  expect(offered(tools + agent(list))).toEqual(names);
});

test.for([
  { use: 'use = "broker.host.echo"', list: '{"echo"}', names: ["host.echo"] },
  { use: 'use = "broker.host.echo", prefix = "h"', list: '{"echo"}', names: ["h_host.echo"] },
  { use: 'use = "broker.host.echo", exclude = {"host.echo"}', list: '{"echo"}', names: [] },
  { use: 'use = "broker.host.echo", rename = {say = "host.echo"}', list: '{"echo"}', names: ["say"] },
  {
    use: 'use = "broker.host.echo", rename = {["host.echo"] = "say"}',
    list: '{{name = "echo", prefix = "h"}}',
    names: ["h_say"],
  },
  {
    use: 'use = "broker.host.echo"',
    list: '{"broker.host.ping", "echo"}',
    names: ["host.ping", "host.echo"],
  },
])("an external toolset with $use", ({ use, list, names }) => {
  expect(offered(`Toolset "echo" { ${use} }\n${agent(list)}`)).toEqual(names);
});

test.for([
  { use: 'use = "./helpers/texts.tac"', names: ["shout", "whisper"] },
  { use: 'use = "./helpers/texts.tac", include = {"shout"}, prefix = "t"', names: ["t_shout"] },
])("the tools of another file with $use", ({ use, names }) => {
  const source = `shout = Tool { input = {}, function() return "A" end }
    whisper = Tool { input = {}, function() return "a" end }`;
  const { requests } = expectProgram({
    name: "",
    declare: `Toolset "texts" { ${use} }\n${agent('{"texts"}')}`,
    body: "writer('go') return 1",
    options: {
      answers: { "model.generate": () => modelAnswer("ok") },
      modules: { "helpers.texts": { file: "helpers/texts.tac", source } },
    },
    result: 1,
  });
  expect(requests[0]?.params["tools"]).toMatchObject(names.map((name) => ({ name })));
});

test("config says what agents without tools get", () => {
  const { requests } = expectProgram({
    name: "",
    declare: `${tools}\nwriter = Agent { provider = "openai", model = "m", system_prompt = "s" }`,
    body: "writer('go') return 1",
    options: {
      answers: { "model.generate": () => modelAnswer("ok") },
      settings: { defaultToolsets: ["letters"] },
    },
    result: 1,
  });
  expect(requests[0]?.params["tools"]).toMatchObject([{ name: "letters_shout" }]);
});

test("toolsets made in the workflow", () => {
  const body = `local few = Toolset.filter(Toolset.get("math"), function(name) return name == "sub" end)
local all = Toolset.combine(few, "letters")
local other = Agent { provider = "openai", model = "m", system_prompt = "s", tools = {all} }
other("go")`;
  expect(offered(tools, body)).toEqual(["sub", "letters_shout"]);
});

test("a model's call runs the inline tool, and is remembered under the name that it sees", () => {
  const answers = [
    modelAnswer("", [{ id: "1", tool: "letters_shout", arguments: { text: "hi" } }]),
    modelAnswer("done"),
  ];
  const { events } = expectProgram({
    name: "",
    declare: tools + agent('{"letters"}'),
    body: "local r = writer('go'); return {r.output, Tool.last_result('letters_shout')}",
    options: { answers: { "model.generate": () => answers.shift() ?? null } },
    result: ["done", "HI"],
  });
  expect(events.filter(({ type }) => type.startsWith("tool."))).toMatchObject([
    {
      type: "tool.called",
      tool: "letters_shout",
      by: "agent",
      turn: 1,
      zone: "lua",
      arguments: { text: "hi" },
    },
    { type: "tool.returned", tool: "letters_shout", by: "agent", turn: 1, result: "HI" },
  ]);
});

test("a model is told what the broker says of a host tool, and what the procedure says instead", () => {
  const parameters = { type: "object", properties: { id: { type: "string" } }, required: ["id"] };
  const { requests } = expectProgram({
    name: "",
    declare: `
      plain = Tool { use = "broker.tickets.read" }
      own = Tool { use = "broker.tickets.read", description = "Mine.", input = { n = field.integer{required = true} } }
      refused = Tool { use = "broker.other" }
      ${agent('{"plain", "own", "refused"}')}`,
    body: "writer('go') return 1",
    options: {
      answers: {
        "model.generate": () => modelAnswer("done"),
        "host.describe": ({ tool }) => {
          if (tool === "other") throw new RequestRefused("tool-denied", "no");
          return { description: "Reads a ticket.", parameters };
        },
      },
    },
    result: 1,
  });
  const asked = requests
    .filter(({ method }) => method === "host.describe")
    .map(({ params }) => params["tool"]);
  expect(new Set(asked)).toEqual(new Set(["tickets.read", "other"]));
  expect(requests.find(({ method }) => method === "model.generate")?.params["tools"]).toMatchObject([
    { name: "plain", description: "Reads a ticket.", parameters },
    { name: "own", description: "Mine.", parameters: { properties: { n: { type: "integer" } } } },
    { name: "refused", description: "", parameters: { type: "object", properties: {} } },
  ]);
});

test.for([
  { name: "nothing to make it of", declare: 'Toolset "x" {}', message: /neither 'type', 'tools', nor 'use'/ },
  {
    name: "an inline tool without a name",
    declare: 'Toolset "x" { tools = { {function() end} } }',
    message: /each tool needs a 'name'/,
  },
  {
    name: "a broken pattern",
    declare: 'Toolset "x" { type = "filtered", source = "y", pattern = "(" }',
    message: /not a regular expression/,
  },
  {
    name: "a source of no kind that there is, used",
    declare: `Toolset "x" { use = "ftp.files" }\n${agent('{"x"}')}`,
    message: /^Toolset 'x': there is nothing behind 'ftp\.files'\. A source begins with 'broker\.'/,
  },
])("$name", ({ declare, message }) => {
  expectProgram({ name: "", declare, body: "return 1", fails: message });
});

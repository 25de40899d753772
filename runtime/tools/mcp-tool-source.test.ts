import { describe, expect, test } from "vitest";
import type { JsonObject } from "#common/json.ts";
import { RequestRefused } from "../ports.ts";
import { expectProgram } from "../testing/expect-program.ts";
import type { RunSourceOptions } from "../testing/run-source.ts";

const parameters = { type: "object", properties: { path: { type: "string" } } };
const tool = (name: string) => ({ name, description: `Does ${name}.`, parameters });

/** Two servers; after a call, `files` offers `more` as well. */
function withServers(more: string[] = [], changes: RunSourceOptions = {}): RunSourceOptions {
  let revision = 1;
  return {
    mcpServers: { files: { placement: "host" }, "mail.box": { placement: "host" } },
    ...changes,
    answers: {
      "mcp.list": ({ server, since }) => {
        if (server !== "files") return { revision: 1, tools: [tool("send")] };
        if (revision === since) return { revision };
        const tools = ["read", "write", ...(revision > 1 ? more : [])].map(tool);
        return { revision, tools, withheld: ["remove"] };
      },
      "mcp.call": ({ server, tool: name, arguments: given }) => {
        if (name === "write") throw new RequestRefused("tool-denied", "not you");
        if (more.length > 0) revision += 1;
        return { result: { server: server ?? null, name: name ?? null, given: given ?? null } };
      },
      ...changes.answers,
    },
  };
}

const agent = (tools: string): string =>
  `a = Agent { provider = "p", model = "m", system_prompt = "s", tools = ${tools} }`;

/** A model that says "ok" at once. */
const silentModel = { "model.generate": () => generated([]) };
const generated = (toolCalls: JsonObject[]): JsonObject => ({
  text: "ok",
  toolCalls,
  finishReason: "stop",
  usage: { inputTokens: 1, outputTokens: 1, totalTokens: 2 },
});

describe("the procedure calls", () => {
  test.for<[how: string, declare: string, call: string, expected: JsonObject]>([
    ["by the namespace", "", "mcp.files.read({path = 'a'})", { server: "files", name: "read" }],
    ["by a global", "read = mcp.files.read", "read({path = 'a'})", { server: "files", name: "read" }],
    ["by a declaration", 'x = Tool { use = "mcp.files.read" }', "x({path = 'a'})", { name: "read" }],
    [
      "by the name with the server",
      'x = Tool { use = "mcp.files.files_read" }',
      "x({path = 'a'})",
      { name: "read" },
    ],
    ["by a look-up", "", "Tool.get('mcp.files.read')({path = 'a'})", { name: "read" }],
    [
      "a server with a dot",
      'x = Tool { use = "mcp.mail.box.send" }',
      "x({path = 'a'})",
      { server: "mail.box" },
    ],
  ])("%s", ([, declare, call, expected]) => {
    const { finished, events } = expectProgram({
      name: "",
      declare: declare === "" ? 'y = Tool { use = "mcp.files.read" }' : declare,
      body: `local answer = ${call} return answer`,
      options: withServers(),
      result: expect.objectContaining({ ...expected, given: { path: "a" } }),
    });
    expect(finished.status).toBe("completed");
    expect(events.find(({ type }) => type === "tool.called")).toMatchObject({ zone: "mcp", by: "procedure" });
  });

  test("what is refused is an error that can be caught", () => {
    expectProgram({
      name: "",
      declare: 'write = Tool { use = "mcp.files.write" }',
      body: "local ok, problem = pcall(write, {}) return {ok, tostring(problem)}",
      options: withServers(),
      result: [false, expect.stringContaining("not you")],
    });
  });
});

test.for<[name: string, body: string, declare: string]>([
  ["that the procedure calls", "return mcp.files.remove({})", ""],
  ["that an agent names", "return 1", agent('{"mcp.files.remove"}')],
])("a tool that the config does not allow is denied: one %s", ([, body, declare]) => {
  const { events } = expectProgram({
    name: "",
    declare,
    body,
    options: withServers(),
    fails: "tool-denied",
  });
  expect(events).toContainEqual({
    type: "tool.denied",
    tool: "files_remove",
    zone: "mcp",
    reason: expect.stringContaining("mcp_servers.files.tools"),
  });
});

describe("an agent is offered", () => {
  test.for<[tools: string, offered: string[]]>([
    ['{"files"}', ["files_read", "files_write"]],
    ['{"mcp.files"}', ["files_read", "files_write"]],
    ["{mcp.files}", ["files_read", "files_write"]],
    ['{"mcp.files.read"}', ["files_read"]],
    ['{{name = "files", exclude = {"files_write"}}}', ["files_read"]],
    ['{{name = "files", include = {"files_read"}, prefix = "my"}}', ["my_files_read"]],
    ['{"own"}', ["files_read", "files_write"]],
    ['{"files", "mail.box"}', ["files_read", "files_write", "mail.box_send"]],
  ])("%s", ([tools, offered]) => {
    const { requests } = expectProgram({
      name: "",
      declare: `Toolset "own" { use = "mcp.files" }\n${agent(tools)}`,
      body: "a('go') return 1",
      options: withServers([], { answers: silentModel }),
      result: 1,
    });
    const asked = requests.find(({ method }) => method === "model.generate");
    expect(asked?.params["tools"]).toEqual(
      offered.map((name) => expect.objectContaining({ name, parameters, description: expect.any(String) })),
    );
  });

  test("what it calls reaches the server under the server's own name", () => {
    let asked = 0;
    const answer = (): JsonObject =>
      generated(asked++ === 0 ? [{ id: "1", tool: "files_read", arguments: { path: "a" } }] : []);
    const { events } = expectProgram({
      name: "",
      declare: agent('{"files"}'),
      body: "a('go') return Tool.called('files_read')",
      options: withServers([], { answers: { "model.generate": answer } }),
      result: true,
    });
    expect(events.find(({ type }) => type === "tool.returned")).toMatchObject({
      tool: "files_read",
      zone: "mcp",
      by: "agent",
      result: { name: "read", given: { path: "a" } },
    });
  });

  test("another list in the next turn when the server changed it", () => {
    const { requests } = expectProgram({
      name: "",
      declare: agent('{"files"}'),
      body: "a('go') mcp.files.read({}) a('on') return 1",
      options: withServers(["move"], { answers: silentModel }),
      result: 1,
    });
    const offered = requests
      .filter(({ method }) => method === "model.generate")
      .map(({ params }) => JSON.stringify(params["tools"]).includes("files_move"));
    expect(offered).toEqual([false, true]);
  });
});

test("a server that does not start fails the agent that needs it, with its name", () => {
  const refused = (): never => {
    throw new RequestRefused("mcp-server-failed", "MCP server 'files' ended with code 1.");
  };
  expectProgram({
    name: "",
    declare: agent('{"files"}'),
    body: "return 1",
    options: withServers([], { answers: { "mcp.list": refused } }),
    fails: "mcp-server-failed",
  });
});

test("an agent that names no tools gets those of all servers that are there", () => {
  const { requests, events } = expectProgram({
    name: "",
    declare: 'a = Agent { provider = "p", model = "m", system_prompt = "s" }',
    body: "a('go') return 1",
    options: withServers([], {
      answers: {
        ...silentModel,
        "mcp.list": ({ server }) => {
          if (server === "files") throw new RequestRefused("mcp-server-failed", "It ended.");
          return { revision: 1, tools: [tool("send")] };
        },
      },
    }),
    result: 1,
  });
  const asked = requests.find(({ method }) => method === "model.generate");
  expect(asked?.params["tools"]).toEqual([expect.objectContaining({ name: "mail.box_send" })]);
  expect(events).toContainEqual(
    expect.objectContaining({ type: "log", level: "warn", message: expect.stringContaining("'files'") }),
  );
});

test("a run that uses none asks no server", () => {
  const { requests } = expectProgram({
    name: "",
    declare: agent("{}"),
    body: "a('go') return 1",
    options: withServers([], { answers: silentModel }),
    result: 1,
  });
  expect(requests.map(({ method }) => method)).toEqual(["model.generate"]);
});

test("a mocked run asks no server, and its tools can be mocked", () => {
  const { requests } = expectProgram({
    name: "",
    declare: `read = Tool { use = "mcp.files.read" }\nMocks { read = { returns = "text" } }\n${agent('{"files", read}')}`,
    body: "a('go') return read({})",
    options: { ...withServers(), mock: true },
    result: "text",
  });
  expect(requests).toEqual([]);
});

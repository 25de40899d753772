import { describe, expect, test } from "vitest";
import { expectProgram } from "../testing/expect-program.ts";
import { type ExternalFinding, ExternalTools } from "./external-tools.ts";
import type { OfferedTool } from "./offered-tool.ts";

function tool(name: string): OfferedTool {
  return { name, description: "", parameters: {}, zone: "mcp", invoke: () => ({ value: null }) };
}

/** One server `files` with two tools. */
function server(): ExternalTools {
  const external = new ExternalTools();
  const found: Readonly<Record<string, ExternalFinding>> = {
    "mcp.files": { kind: "group", tools: [tool("read"), tool("write")] },
    "mcp.files.read": { kind: "tool", tool: tool("read") },
  };
  external.add({
    prefix: "mcp",
    zone: "mcp",
    groups: () => [{ name: "files", source: "mcp.files" }],
    find: (source) => found[source],
  });
  return external;
}

describe("the source of one tool", () => {
  test.for([
    ["mcp.files.read", "mcp.files.read"],
    ["read", "mcp.files.read"],
    ["mcp.files", undefined],
    ["remove", undefined],
    ["mcp.other.read", undefined],
  ])("%s is %s", ([name, source]) => {
    expect(server().sourceOf(name ?? "")).toBe(source);
  });
});

test.for([
  ["mcp.files.gone", /^Tool 'x': there is nothing behind 'mcp\.files\.gone'\. Check the name/],
  ["cli.ls", /A source begins with 'mcp\.'\.$/],
] as const)("what is missing is said of %s", ([source, message]) => {
  expect(server().missing("Tool 'x'", source)).toMatchObject({ code: "tool-missing" });
  expect(server().missing("Tool 'x'", source).message).toMatch(message);
});

describe("a declared external tool", () => {
  const answers = {
    "host.call": ({ arguments: given }: { arguments?: unknown }) => ({ result: given ?? null }),
  };

  test("is called by the procedure under its own name", () => {
    const { events } = expectProgram({
      name: "",
      declare: 'echo = Tool { use = "broker.host.echo" }',
      body: "local said = echo({text = 'hi'}) return {said.text, echo.call_count()}",
      options: { answers: answers as never },
      result: ["hi", 1],
    });
    expect(events.find(({ type }) => type === "tool.called")).toMatchObject({ tool: "echo", zone: "host" });
  });

  test("can be looked up by its source", () => {
    expectProgram({
      name: "",
      body: "return Tool.get('broker.host.echo')({text = 'hi'}).text",
      options: { answers: answers as never },
      result: "hi",
    });
  });

  test.for([
    { declare: 'x = Tool { use = "nowhere.x" }', body: "return x({})" },
    { declare: "x = mcp.files.read", body: "return x({})" },
    {
      declare:
        'x = Tool { use = "mcp.files" }\na = Agent { model = "openai/m", system_prompt = "s", tools = {x} }',
      body: "return 1",
    },
  ])("that does not exist is an error with a name: $declare", ({ declare, body }) => {
    expectProgram({ name: "", declare, body, fails: "tool-missing" });
  });

  test("that does not exist can be mocked in a mocked run", () => {
    expectProgram({
      name: "",
      declare: `read = mcp.files.read
        Mocks { read = { returns = "text" } }
        a = Agent { model = "openai/m", system_prompt = "s", tools = {read} }`,
      body: "a({message = 'go', tools = {'read'}}) return read({})",
      options: { mock: true },
      result: "text",
    });
  });
});

import { describe, test } from "vitest";
import { expectFindings, expectFix } from "#language/diagnostics/expect-findings.ts";

describe("names in texts", () => {
  test.for([
    {
      name: "tools, agents and what else is declared",
      text: `search = Tool { function() end }
a = Agent { provider = "openai", system_prompt = "", tools = { "serach" } }
                                                                ^^^^^^ unknown-tool error: Did you mean "search"
Procedure { function()
  Procedure("sub")
             ^^^ unknown-name
  Human.approve({ config_key = "publish" })
                                ^^^^^^^ unknown-name
  return a(), search({})
end }
Step("x", function(ctx) ctx.mock_agent_response("b", "hello") end)
                                                 ^ unknown-agent warning`,
    },
    {
      name: "providers",
      text: `a = Agent { provider = "opneai", system_prompt = "", tools = {} }
                        ^^^^^^ unknown-provider warning
b = Agent { provider = "own", system_prompt = "", tools = {} }`,
    },
    {
      name: "sources of tools",
      text: `a = Tool { use = "brokr.host.ping" }
                  ^^^^^^^^^^^^^^^ unknown-tool: Did you mean "broker."
b = Tool { use = "./tools.tac" }
c = Tool { use = "plugin.a.b" }
d = Tool { use = "cli.git" }
                  ^^^^^^^ unknown-tool error: Declare a host tool with a command
Toolset "e" { use = "cli.git" }
                     ^^^^^^^ unknown-tool error`,
    },
    {
      name: "tools of the host",
      text: `a = Tool { use = "broker.deploy" }
                         ^^^^^^ host-tool-not-allowed warning: Did you mean "deplay"
b = Tool { use = "broker.host.ping" }
Procedure { function()
  Host.call("deplay")
  Host.call("delete")
             ^^^^^^ host-tool-not-allowed
  return a({}), b({})
end }`,
    },
    {
      name: "MCP servers",
      text: `Toolset "x" { use = "mcp.files" }
Toolset "y" { use = "mcp.fils" }
                         ^^^^ unknown-mcp-server warning: Did you mean "files"
Toolset "z" { type = "mcp", server = "web" }
                                      ^^^ unknown-mcp-server
a = Agent { provider = "openai", system_prompt = "", tools = { "x", "mcp.web.fetch" } }
                                                                         ^^^ unknown-mcp-server`,
    },
  ])("$name", ({ text }) => {
    const configuration = {
      hostTools: new Set(["deplay"]),
      mcpServers: new Set(["files"]),
      providers: new Set(["own"]),
    };
    const only = [
      "unknown-tool",
      "unknown-agent",
      "unknown-name",
      "unknown-provider",
      "host-tool-not-allowed",
      "unknown-mcp-server",
    ];
    expectFindings(text, { only, configuration });
  });

  test("nothing is said of what a configuration lacks that nobody looked for", () => {
    expectFindings(
      `a = Tool { use = "broker.deploy" }
Toolset "y" { use = "mcp.fils" }
b = Agent { provider = "openai", system_prompt = "", tools = { "elsewhere" } }`,
      { only: ["unknown-tool", "host-tool-not-allowed", "unknown-mcp-server"] },
    );
  });

  test("the fixes write the name that is meant", () => {
    expectFix(
      'a = Tool { use = "brokr.host.ping" }\n                  ^^^^^^^^^^^^^^^ unknown-tool',
      'a = Tool { use = "broker.host.ping" }',
      { only: ["unknown-tool"] },
    );
    expectFix(
      'a = Tool { use = "broker.host.pong" }\n                         ^^^^^^^^^ host-tool-not-allowed',
      'a = Tool { use = "broker.host.ping" }',
      { only: ["host-tool-not-allowed"], configuration: {} },
    );
  });
});

describe("agents without a provider", () => {
  const only = ["missing-field"];

  test("are told, and get one", () => {
    expectFix(
      'a = Agent { system_prompt = "" }\n    ^^^^^ missing-field warning: has no provider',
      'a = Agent { provider = "openai", system_prompt = "" }',
      { only, configuration: {} },
    );
  });

  test.for<[string, string]>([
    ["a model with its provider", 'a = Agent { model = "openai/gpt-4o", system_prompt = "" }'],
    ["a table with such a model", 'a = Agent { model = { name = "openai:gpt-4o" }, system_prompt = "" }'],
    ["a computed model", 'a = Agent { model = pick(), system_prompt = "" }'],
    ["a default of the file", 'default_provider("openai") a = Agent { system_prompt = "" }'],
    ["a default that is assigned", 'default_provider = "openai" a = Agent { system_prompt = "" }'],
    ["a module that may set it", 'require("settings") a = Agent { system_prompt = "" }'],
  ])("not: %s", ([, text]) => {
    expectFindings(text, { only, configuration: {} });
  });

  test("not: a default of the configuration, or none that is known", () => {
    const text = 'a = Agent { system_prompt = "" }';
    expectFindings(text, { only, configuration: { hasDefaultProvider: true } });
    expectFindings(text, { only });
  });
});

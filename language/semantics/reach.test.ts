import { expect, test } from "vitest";
import { nothingConfigured } from "#language/project/project-view.ts";
import { reachOf, reachText } from "#language/semantics/reach.ts";
import { markedProject } from "#language/semantics/testing/marked-project.ts";

const cases: Readonly<Record<string, readonly [source: string, expected: string]>> = {
  "a file that computes": ["local x = 1", "touches nothing outside"],
  "tools and agents": ["t = Tool {}\nu = Tool {}\na = Agent { tools = {} }", "1 agent · 2 tools"],
  "a host tool by a call and by a declaration": [
    'function f() Host.call("git.status") Host.call("git.status") end\nt = Tool { use = "broker.git.log" }',
    "1 tool · 2 host tools",
  ],
  "files that are read": ['function f() return File.read("a") end', "reads files"],
  "files that are written": ['function f() File.read("a") File.write("b", "") end', "writes files"],
  "files of a module of the library": [
    'local csv = require("tactus.io.csv")\ncsv.write("a", {})',
    "writes files",
  ],
  "the web": ['local web = require("tactus.web")\nweb.search({})', "searches the web"],
  people: ['function f() return Human.approve("Go?") end', "asks people"],
  "a server that an agent names": ['a = Agent { tools = { "files" } }', "1 agent · 1 MCP server"],
  "a server that a tool names": ['t = Tool { use = "mcp.other.read" }', "1 tool · 1 MCP server"],
  "all servers when an agent takes what there is": ["a = Agent {}", "1 agent · 2 MCP servers"],
  "no server when it takes none": ["a = Agent { tools = {} }", "1 agent"],
  "a local of the same name is none": [
    "local File = { write = print }\nlocal function f() File.write() end",
    "touches nothing outside",
  ],
};

test.for(Object.entries(cases))("%s", ([, [source, expected]]) => {
  const configurationOf = () => ({ ...nothingConfigured, mcpServers: new Set(["files", "mail"]) });
  expect(reachText(reachOf(markedProject(source, { configurationOf })))).toBe(expected);
});

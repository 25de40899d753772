import type { CatalogueEntry } from "#language/diagnostics/catalogue-entry.ts";

/** Codes of findings about names: of variables, of what is declared, of what a text names. */
export const nameFindings = {
  "undefined-global": {
    severity: "warning",
    meaning:
      "A name is read that nothing defines: it is nil. Names of Lua that don't exist here are told with what to use instead.",
    wrong: 'Procedure {\n  function()\n    State.set("n", cuont)\n  end,\n}',
    right: 'count = 1\nProcedure {\n  function()\n    State.set("n", count)\n  end,\n}',
  },
  "unused-local": {
    severity: "hint",
    meaning: "A local variable or function is never read. Names that start with `_` are meant to be unused.",
    wrong: "local unused = 1",
    right: "local _ignored = 1",
  },
  "unused-parameter": {
    severity: "hint",
    meaning: "A parameter is never read. Names that start with `_` are meant to be unused.",
    wrong: "function double(n, unused)\n  return 2 * n\nend",
    right: "function double(n, _unused)\n  return 2 * n\nend",
  },
  "unused-tool": {
    severity: "information",
    meaning:
      "A tool is declared, yet no agent is given it and nothing calls it. What a module declares, and tools where an agent is given every toolset, are not told.",
    wrong: "search = Tool { function(args) return args end }\nProcedure { function() end }",
    right: "search = Tool { function(args) return args end }\nProcedure { function() return search({}) end }",
  },
  "unused-agent": {
    severity: "information",
    meaning: "An agent is declared, yet nothing calls it. A stand-in in `Mocks` is no call.",
    wrong: 'clerk = Agent { provider = "openai", system_prompt = "Help." }\nProcedure { function() end }',
    right:
      'clerk = Agent { provider = "openai", system_prompt = "Help." }\nProcedure { function() return clerk("Go").output end }',
  },
  "duplicate-name": {
    severity: "warning",
    meaning: "Two declarations of the same kind have the same name: the later one wins.",
    wrong: "search = Tool { function() end }\nsearch = Tool { function() end }",
    right: "search = Tool { function() end }\nsearch_again = Tool { function() end }",
  },
  "shadowed-primitive": {
    severity: "warning",
    meaning:
      "A variable has the name of a primitive or a library, which can't be reached any more where it holds.",
    wrong: "local State = {}\nreturn State",
    right: "local state_copy = {}\nreturn state_copy",
  },
  "unknown-member": {
    severity: "warning",
    meaning: "A field is read that the value does not have: it is nil, and calling it fails.",
    wrong: 'Procedure { function() return State.gett("n") end }',
    right: 'Procedure { function() return State.get("n") end }',
  },
  "unknown-tool": {
    severity: "error",
    meaning: "A text names a tool or a toolset that neither the file nor its configuration has.",
    wrong:
      'search = Tool { function() end }\nclerk = Agent { provider = "openai", system_prompt = "Help.", tools = { "serach" } }',
    right:
      'search = Tool { function() end }\nclerk = Agent { provider = "openai", system_prompt = "Help.", tools = { "search" } }',
  },
  "unknown-agent": {
    severity: "error",
    meaning: "A text names an agent that the file does not declare.",
    wrong: 'Step("the clerk agrees", function(ctx)\n  ctx.mock_agent_response("clrek", "Yes.")\nend)',
    right:
      'clerk = Agent { provider = "openai", system_prompt = "Help." }\nStep("the clerk agrees", function(ctx)\n  ctx.mock_agent_response("clerk", "Yes.")\nend)',
  },
  "unknown-name": {
    severity: "error",
    meaning: "A text names a model, a context, a question, a task or a procedure that is not declared.",
    wrong: 'Procedure { function() return Human.approve({ config_key = "publish" }) end }',
    right:
      'Hitl("publish", { type = "approval", message = "Publish it?" })\nProcedure { function() return Human.approve({ config_key = "publish" }) end }',
  },
  "unknown-provider": {
    severity: "warning",
    meaning: "A model provider is named that neither the language nor the configuration knows.",
    wrong: 'clerk = Agent { provider = "opneai", system_prompt = "Help." }',
    right: 'clerk = Agent { provider = "openai", system_prompt = "Help." }',
  },
  "unknown-module": {
    severity: "error",
    meaning: "`require` names a module that is neither a file beside this one nor part of the library.",
    wrong: 'local done = require("tactus.tools.dnoe")',
    right: 'local done = require("tactus.tools.done")',
  },
  "missing-module": {
    severity: "warning",
    meaning: "`require` names a file that is not there.",
    wrong: 'local texts = require("texts")',
    right: 'local json = require("tactus.io.json")',
  },
  "tool-not-granted": {
    severity: "warning",
    meaning:
      "A call offers a tool that the agent does not have: a turn can only narrow what the agent was given, so the call fails.",
    wrong:
      'search = Tool { function() end }\nclerk = Agent { provider = "openai", system_prompt = "Help.", tools = { search } }\nProcedure { function() clerk({ message = "Go", tools = { "delete" } }) end }',
    right:
      'search = Tool { function() end }\nclerk = Agent { provider = "openai", system_prompt = "Help.", tools = { search } }\nProcedure { function() clerk({ message = "Go", tools = { "search" } }) end }',
  },
  "host-tool-not-allowed": {
    severity: "warning",
    meaning: "A host tool is called that the configuration does not allow: the call is denied.",
    wrong: 'Procedure { function() return Host.call("deploy") end }',
    right: 'Procedure { function() return Host.call("host.ping") end }',
  },
  "unknown-mcp-server": {
    severity: "warning",
    meaning: "Tools of an MCP server are used that no configuration defines.",
    wrong: 'Toolset "files" { use = "mcp.fils" }',
    right: 'Toolset "files" { use = "mcp.files" }',
  },
  "confusable-name": {
    severity: "warning",
    meaning:
      "A name, in a procedure or a config file, has letters that look like others: two names that look the same may differ. In the example the first a is Cyrillic.",
    wrong: 'Procedure "m\u0430in" { function() end }',
    right: 'Procedure "main" { function() end }',
  },
} as const satisfies Record<string, CatalogueEntry>;

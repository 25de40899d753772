import type { DeclarationEntry, FieldCondition } from "../entries.ts";
import { inlineToolFields } from "./tool.ts";

function type(...values: string[]): FieldCondition {
  return { field: "type", values };
}

/** `Toolset "web" { … }` (language.md §2.5). */
export const toolsetDeclaration: DeclarationEntry = {
  name: "Toolset",
  doc: "Tools under one name, to be given to agents together. Agents name it by its text, or by the variable that it is assigned to.",
  example: 'Toolset "math" { tools = {add, multiply} }\nclerk = Agent { tools = {"math"}, … }',
  forms: ["curried", "call", "assigned"],
  phase: "declaration",
  inProcedure:
    "`Toolset.get`, `Toolset.define`, `Toolset.combine` and `Toolset.filter` find and make toolsets",
  firstText: "name",
  namedByVariable: true,
  handle: "toolset",
  parameters: [
    { name: "name", types: ["text"], required: true, doc: "Name of the toolset." },
    { name: "config", types: ["table"], required: true, doc: "What is in it." },
  ],
  fields: [
    {
      name: "tools",
      types: ["list"],
      refersTo: "toolOrToolset",
      each: { types: ["text", "handle", "table"], refersTo: "toolOrToolset", fields: inlineToolFields },
      doc: 'Names or handles of tools and toolsets; or tables that declare tools in place, which the model knows as `<toolset>_<name>` (as `<name>` with `type = "lua"`). One table makes the whole list tools in place.',
    },
    {
      name: "type",
      types: ["text"],
      values: ["lua", "mcp", "plugin", "filtered", "combined", "builtin"],
      valueDocs: {
        lua: "Tools declared in place, under their own names.",
        mcp: "The tools of an MCP server; needs `server`.",
        plugin: "Tools of plugin files; needs `paths` or `modules`.",
        filtered: "Some tools of another toolset; needs `source` and `pattern`.",
        combined: "All tools of several toolsets; needs `sources`.",
        builtin: "Reserved.",
      },
      doc: "Where the tools come from; not needed beside `tools` or `use`.",
    },
    {
      name: "use",
      types: ["text"],
      refersTo: "toolSource",
      doc: 'A file of tools such as "./tools.tac", or a server as "mcp.<server>".',
    },
    {
      name: "server",
      types: ["text"],
      refersTo: "mcpServer",
      onlyWith: type("mcp"),
      requiredThen: true,
      status: "declared",
      doc: "Name of an MCP server of the configuration.",
    },
    {
      name: "paths",
      types: ["list"],
      refersTo: "path",
      each: { types: ["text"], refersTo: "path" },
      onlyWith: type("plugin"),
      status: "declared",
      doc: "Files or folders with plugin tools.",
    },
    {
      name: "modules",
      types: ["list"],
      each: { types: ["text"] },
      onlyWith: type("plugin"),
      status: "declared",
      doc: "Modules with plugin tools.",
    },
    {
      name: "source",
      types: ["text", "handle"],
      refersTo: "toolset",
      handle: "toolset",
      onlyWith: type("filtered"),
      requiredThen: true,
      doc: "The toolset to choose from.",
    },
    {
      name: "pattern",
      types: ["text"],
      onlyWith: type("filtered"),
      doc: "A regular expression, not a Lua pattern, that names must match from their start.",
    },
    {
      name: "filter",
      types: ["text"],
      aliasOf: "pattern",
      onlyWith: type("filtered"),
      doc: "Other spelling of `pattern`.",
    },
    {
      name: "sources",
      types: ["list"],
      refersTo: "toolset",
      each: { types: ["text", "handle"], refersTo: "toolset", handle: "toolset" },
      onlyWith: type("combined"),
      requiredThen: true,
      doc: "The toolsets to join. One that does not exist is a warning.",
    },
  ],
};

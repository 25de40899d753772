import type { DeclarationEntry, FieldEntry } from "../entries.ts";

/** `lookup = Tool { … }` (language.md §2.4). */
export const toolDeclaration: DeclarationEntry = {
  name: "Tool",
  doc: "Something that agents and procedures can call: a Lua function, or a tool from elsewhere.",
  forms: ["assigned"],
  handle: "tool",
  body: { parameters: ["args"], required: false, doc: "What the tool does with its arguments." },
  fields: [
    {
      name: "handler",
      types: ["function"],
      deprecated: "a function without a name",
      doc: "Older place of the function.",
    },
    { name: "use", types: ["text"], doc: 'A tool from elsewhere, such as "broker.host.ping".' },
    { name: "source", types: ["text"], aliasOf: "use", deprecated: "use", doc: "Older spelling of 'use'." },
    { name: "description", types: ["text"], default: "", doc: "What the tool does, for the model." },
    { name: "input", types: ["schema"], doc: "Parameters; what a model gives is checked against them." },
    { name: "output", types: ["schema"], doc: "Fields of the result, for readers of the file." },
    {
      name: "name",
      types: ["text"],
      doc: "Name of a tool that no variable names; else it must equal the variable.",
    },
  ],
};

/** A tool in the list of a toolset or among an agent's `inline_tools`. */
export const inlineToolFields: readonly FieldEntry[] = [
  { name: "name", types: ["text"], required: true, doc: "Name of the tool, after the prefix of its owner." },
  { name: "description", types: ["text"], default: "", doc: "What the tool does, for the model." },
  { name: "input", types: ["schema"], doc: "Parameters." },
  { name: "handler", types: ["function"], doc: "What the tool does; it may also stand without a name." },
];

/** An entry of an agent's `tools` that changes what it takes from a toolset (language.md §2.5.3). */
export const toolExpressionFields: readonly FieldEntry[] = [
  {
    name: "name",
    types: ["text", "handle"],
    required: true,
    refersTo: "toolOrToolset",
    doc: "The tool or toolset.",
  },
  { name: "include", types: ["list"], doc: "Names to keep." },
  { name: "exclude", types: ["list"], doc: "Names to leave out." },
  { name: "prefix", types: ["text"], doc: "Put before each name, with an underscore." },
  { name: "rename", types: ["table"], doc: "New name = existing name." },
];

/** `Toolset "web" { … }` (language.md §2.5). */
export const toolsetDeclaration: DeclarationEntry = {
  name: "Toolset",
  doc: "Tools under one name, to be given to agents together.",
  forms: ["curried", "call"],
  handle: "toolset",
  fields: [
    {
      name: "tools",
      types: ["list"],
      refersTo: "toolOrToolset",
      doc: "Names or handles of tools, or tables of tools declared in place.",
    },
    {
      name: "type",
      types: ["text"],
      values: ["lua", "mcp", "plugin", "filtered", "combined", "builtin"],
      doc: "Where the tools come from.",
    },
    {
      name: "use",
      types: ["text"],
      status: "declared",
      doc: 'A file of tools, or a server as "mcp.<server>".',
    },
    { name: "server", types: ["text"], status: "declared", doc: "MCP server, with type mcp." },
    { name: "paths", types: ["list"], status: "declared", doc: "Files of plugin tools, with type plugin." },
    {
      name: "modules",
      types: ["list"],
      status: "declared",
      doc: "Modules of plugin tools, with type plugin.",
    },
    {
      name: "source",
      types: ["text"],
      refersTo: "toolset",
      doc: "Toolset to choose from, with type filtered.",
    },
    {
      name: "pattern",
      types: ["text"],
      doc: "Regular expression that names must match from their start.",
    },
    { name: "sources", types: ["list"], refersTo: "toolset", doc: "Toolsets to join, with type combined." },
  ],
};

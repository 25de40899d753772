import type { DeclarationEntry, FieldEntry } from "../entries.ts";

const handlerParameters: readonly FieldEntry[] = [
  {
    name: "args",
    types: ["table"],
    required: true,
    isOpen: true,
    doc: "The arguments by name, as `input` declares them.",
  },
];

const descriptionField: FieldEntry = {
  name: "description",
  types: ["text"],
  default: "",
  doc: "What the tool does and when to use it. The model decides by this text.",
};

const inputField: FieldEntry = {
  name: "input",
  types: ["schema"],
  doc: "The parameters. What a model gives is checked against them and defaults are filled in; a plain table without `required` counts as required.",
  example: "input = {query = field.string{required = true}}",
};

/** `lookup = Tool { … }` (language.md §2.4). */
export const toolDeclaration: DeclarationEntry = {
  name: "Tool",
  doc: "Something that agents and procedures can call: a Lua function, or with `use` a tool from elsewhere. It does nothing for an agent until it stands in the agent's `tools`.",
  example:
    'add = Tool {\n  description = "Sum of two numbers",\n  input = {a = field.number{required = true}, b = field.number{required = true}},\n  function(args) return args.a + args.b end,\n}',
  forms: ["assigned", "bare"],
  phase: "declaration",
  inProcedure: "`Tool(name)` finds a declared tool and `Tool.called(name)` asks for its calls",
  namedByVariable: true,
  nameMustMatch: true,
  handle: "tool",
  body: {
    parameters: handlerParameters,
    required: false,
    orFields: ["handler", "use", "source"],
    doc: "What the tool does with its arguments. An agent gets the value as JSON; an error goes back to the model as text.",
  },
  fields: [
    {
      name: "handler",
      types: ["function"],
      parameters: handlerParameters,
      deprecated: "a function without a name",
      doc: "Older place of the function.",
    },
    {
      name: "use",
      types: ["text"],
      refersTo: "toolSource",
      doc: 'A tool from elsewhere, instead of a function: "broker.<host tool>", "mcp.<server>.<tool>", "plugin.<module>.<function>", or a file with one tool such as "./tool.tac".',
      example: 'ping = Tool { use = "broker.host.ping", description = "Asks whether the host is there" }',
    },
    {
      name: "source",
      types: ["text"],
      refersTo: "toolSource",
      aliasOf: "use",
      deprecated: "use",
      doc: "Older spelling of `use`.",
    },
    descriptionField,
    inputField,
    { name: "output", types: ["schema"], doc: "Fields of the result. They are for readers of the file." },
    {
      name: "name",
      types: ["text"],
      doc: "Name of a tool that no variable names, such as one that a module returns. Else it must be the same as the variable.",
    },
  ],
};

/** A tool in the list of a toolset or among an agent's `inline_tools`. */
export const inlineToolFields: readonly FieldEntry[] = [
  {
    name: "name",
    types: ["text"],
    required: true,
    doc: "Name of the tool. The model sees the name of its owner and an underscore before it.",
  },
  descriptionField,
  inputField,
  {
    name: "handler",
    types: ["function"],
    parameters: handlerParameters,
    doc: "What the tool does with its arguments; the function may also stand without a name.",
  },
];

/** An entry of an agent's `tools` that changes what it takes from a toolset (language.md §2.5.3). */
export const toolExpressionFields: readonly FieldEntry[] = [
  {
    name: "name",
    types: ["text", "handle"],
    required: true,
    refersTo: "toolOrToolset",
    doc: "The tool or toolset to take from.",
  },
  {
    name: "include",
    types: ["list"],
    each: { types: ["text"] },
    doc: "Names to keep; all others are left out.",
  },
  { name: "exclude", types: ["list"], each: { types: ["text"] }, doc: "Names to leave out." },
  {
    name: "prefix",
    types: ["text"],
    doc: "Put before each name with an underscore: `web` makes `web_fetch` of `fetch`.",
  },
  {
    name: "rename",
    types: ["table"],
    isOpen: true,
    each: { types: ["text"] },
    doc: "New name = existing name; the model then calls it by the new one.",
  },
];

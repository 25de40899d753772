import type { FieldEntry, PrimitiveEntry } from "../entries.ts";

const toolName: FieldEntry = {
  name: "name",
  types: ["text"],
  required: true,
  refersTo: "tool",
  doc: "Name of the tool.",
};

/** `Tool`, while a procedure runs (language.md part B §2.1). */
export const toolPrimitive: PrimitiveEntry = {
  name: "Tool",
  doc: "Finds tools and tells which were called.",
  call: {
    name: "Tool",
    parameters: [toolName],
    returns: ["handle"],
    returnsHandle: "tool",
    doc: "The declared tool of that name.",
  },
  functions: [
    { name: "called", parameters: [toolName], returns: ["boolean"], doc: "Whether the tool was called." },
    {
      name: "last_call",
      parameters: [toolName],
      returns: ["table", "nil"],
      doc: "The last call: {name, args, result}.",
    },
    { name: "last_result", parameters: [toolName], returns: ["any"], doc: "The result of the last call." },
    {
      name: "get_call_count",
      parameters: [{ ...toolName, required: false }],
      returns: ["integer"],
      doc: "How often the tool, or any tool, was called.",
    },
    { name: "get_all_calls", parameters: [], returns: ["list"], doc: "All calls in order." },
    { name: "get", parameters: [toolName], returns: ["handle"], doc: "A tool from elsewhere." },
    { name: "reset", parameters: [], returns: ["nil"], doc: "Forgets all calls." },
  ],
};

/** `Toolset`, while a procedure runs (language.md part B §2.14). */
export const toolsetPrimitive: PrimitiveEntry = {
  name: "Toolset",
  doc: "Finds, joins and narrows toolsets.",
  functions: [
    {
      name: "get",
      parameters: [{ ...toolName, refersTo: "toolset", doc: "Name of the toolset." }],
      returns: ["handle"],
      doc: "A toolset.",
    },
    {
      name: "define",
      parameters: [
        { name: "name", types: ["text"], required: true, doc: "Name of the toolset." },
        { name: "config", types: ["table"], required: true, doc: "Its declaration." },
      ],
      returns: ["handle"],
      doc: "Makes a toolset.",
    },
    {
      name: "combine",
      parameters: [{ name: "…", types: ["handle"], required: true, doc: "The toolsets." }],
      returns: ["handle"],
      doc: "Joins toolsets.",
    },
    {
      name: "filter",
      parameters: [
        { name: "toolset", types: ["handle"], required: true, doc: "The toolset." },
        { name: "keep", types: ["function"], required: true, doc: "Gets a name, tells whether to keep it." },
      ],
      returns: ["handle"],
      doc: "Narrows a toolset.",
    },
  ],
};

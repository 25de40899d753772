import { toolsetDeclaration } from "../declarations/toolset.ts";
import type { FieldEntry, PrimitiveEntry } from "../entries.ts";
import { recordedCallFields } from "../handles/tool.ts";

const toolName: FieldEntry = {
  name: "name",
  types: ["text"],
  required: true,
  refersTo: "tool",
  doc: "Name of the tool, without the name of an agent before it.",
};
const anyTool: FieldEntry = { ...toolName, required: false, doc: "Name of the tool; all tools unless said." };

/** `Tool`, while a procedure runs (language.md part B §2.1). */
export const toolPrimitive: PrimitiveEntry = {
  name: "Tool",
  doc: "While a procedure runs: finds tools, and tells which were called in this run, by agents or directly.",
  phase: "both",
  call: {
    name: "Tool",
    parameters: [toolName],
    returns: ["handle"],
    returnsHandle: "tool",
    doc: "The declared tool of that name; an error when there is none.",
  },
  functions: [
    {
      name: "called",
      parameters: [toolName],
      returns: ["boolean"],
      doc: "Whether the tool was called in this run.",
      example: 'if Tool.called("done") then return {reply = result.output} end',
    },
    {
      name: "last_call",
      parameters: [toolName],
      returns: ["table", "nil"],
      returnFields: recordedCallFields,
      doc: "The last call of the tool; nil when there was none.",
      example: 'local reason = Tool.last_call("done").args.reason',
    },
    {
      name: "last_result",
      parameters: [toolName],
      returns: ["any"],
      doc: "What the last call of the tool gave; nil when there was none.",
    },
    {
      name: "get_call_count",
      parameters: [anyTool],
      returns: ["integer"],
      doc: "How often the tool, or any tool, was called in this run.",
    },
    {
      name: "get_all_calls",
      parameters: [],
      returns: ["list"],
      returnsEach: { types: ["table"], fields: recordedCallFields },
      doc: "All calls of all tools, in order.",
    },
    {
      name: "get",
      parameters: [toolName],
      returns: ["handle"],
      returnsHandle: "tool",
      doc: "The tool of that name, from this file or elsewhere; an error when there is none.",
    },
    {
      name: "reset",
      parameters: [anyTool],
      returns: ["nil"],
      doc: "Forgets all calls, or those of one tool.",
    },
  ],
};

const toolset: FieldEntry = {
  name: "toolset",
  types: ["handle", "text"],
  required: true,
  refersTo: "toolset",
  handle: "toolset",
  doc: "The toolset.",
};
const given = { returns: ["handle"], returnsHandle: "toolset" } as const;

/** `Toolset`, while a procedure runs (language.md part B §2.14). */
export const toolsetPrimitive: PrimitiveEntry = {
  name: "Toolset",
  doc: "While a procedure runs: finds, joins and narrows toolsets, for agents that are made there.",
  phase: "both",
  functions: [
    {
      name: "get",
      parameters: [{ ...toolset, name: "name", doc: "Name of the toolset." }],
      ...given,
      doc: "The toolset of that name; an error when there is none.",
    },
    {
      name: "define",
      parameters: [
        { name: "name", types: ["text"], required: true, doc: "Name of the toolset." },
        {
          name: "config",
          types: ["table"],
          required: true,
          fields: toolsetDeclaration.fields,
          doc: 'What is in it, as in `Toolset "name" {…}`.',
        },
      ],
      ...given,
      doc: "Makes a toolset.",
    },
    {
      name: "combine",
      parameters: [{ ...toolset, name: "…", doc: "The toolsets to join." }],
      ...given,
      isVararg: true,
      doc: "One toolset with the tools of all of them.",
    },
    {
      name: "filter",
      parameters: [
        toolset,
        {
          name: "keep",
          types: ["function"],
          required: true,
          parameters: [{ name: "name", types: ["text"], required: true, doc: "Name of a tool." }],
          doc: "Tells by the name of a tool whether it stays.",
        },
      ],
      ...given,
      doc: "A toolset with some of the tools of another.",
      example: 'local safe = Toolset.filter("files", function(name) return name ~= "delete" end)',
    },
  ],
};

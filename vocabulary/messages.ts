import type { FieldEntry, ValueEntry } from "./entries.ts";

const role: FieldEntry = {
  name: "role",
  types: ["text"],
  required: true,
  values: ["user", "assistant", "system", "tool"],
  doc: "Who says it.",
};
const content: FieldEntry = { name: "content", types: ["text"], required: true, doc: "What is said." };

const toolCallFields: readonly FieldEntry[] = [
  { name: "id", types: ["text"], doc: "Which call it is." },
  { name: "name", types: ["text"], doc: "The tool." },
  { name: "args", types: ["table"], doc: "Its arguments." },
];

/** A message in the history of an agent. */
export const agentMessage: ValueEntry = {
  types: ["table"],
  fields: [
    role,
    content,
    {
      name: "tool_calls",
      types: ["list"],
      each: { types: ["table"], fields: toolCallFields },
      doc: "Tools that the model asked for; in its own messages only.",
    },
    { name: "tool_call_id", types: ["text"], doc: "Which call this is the result of; in a tool's message." },
    { name: "name", types: ["text"], doc: "The tool; in a tool's message." },
  ],
};

/** A message of `MessageHistory`: whatever was put in, with a number and a time. */
export const keptMessage: ValueEntry = {
  types: ["table"],
  isOpen: true,
  fields: [
    { ...role, default: "user", required: false },
    { ...content, default: "", required: false },
    { name: "id", types: ["integer"], doc: "Its number, from 1; given by the list." },
    { name: "created_at", types: ["text"], doc: "When it was added, as ISO 8601; given by the list." },
  ],
};

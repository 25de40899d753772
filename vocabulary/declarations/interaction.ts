import type { DeclarationEntry, FieldEntry } from "../entries.ts";

/** `Prompt("name", "text")` (language.md §2.7). */
export const promptDeclaration: DeclarationEntry = {
  name: "Prompt",
  doc: "A text under a name.",
  status: "declared",
  forms: ["call"],
  fields: [],
};

/** `Hitl("name", {…})` (language.md §2.7). */
export const hitlDeclaration: DeclarationEntry = {
  name: "Hitl",
  doc: "A question to a person, declared once and asked with config_key.",
  forms: ["call"],
  fields: [
    {
      name: "type",
      types: ["text"],
      required: true,
      values: ["approval", "input", "review"],
      doc: "Kind of question.",
    },
    { name: "message", types: ["text"], required: true, doc: "The question." },
    { name: "timeout", types: ["number"], doc: "Seconds to wait." },
    { name: "default", types: ["any"], doc: "Answer when nobody gives one." },
    { name: "options", types: ["list"], doc: "Choices, each {label=, value=}." },
  ],
};

const turnMockFields: readonly FieldEntry[] = [
  { name: "message", types: ["text"], default: "", doc: "The reply of the agent." },
  { name: "tool_calls", types: ["list"], doc: "Calls as {tool=, args=}; recorded, not run." },
  {
    name: "data",
    types: ["table"],
    doc: "Structured output; it is the result's output when it is not empty.",
  },
  {
    name: "run_tools",
    types: ["boolean"],
    default: false,
    since: "0.1.0",
    doc: "Runs the listed calls as if a model had asked for them.",
  },
];

/** What an entry of `Mocks` may hold: an agent's answers or a tool's (language.md §2.8). */
export const mockFields: readonly FieldEntry[] = [
  ...turnMockFields,
  {
    name: "usage",
    types: ["table"],
    status: "declared",
    doc: "Token counts; those of mocked turns stay zero.",
  },
  {
    name: "temporal",
    types: ["list"],
    fields: [
      ...turnMockFields,
      { name: "when_message", types: ["text"], doc: "Message that this turn answers." },
    ],
    doc: "One answer a turn or a call; the last repeats.",
  },
  { name: "returns", types: ["any"], doc: "What the tool always gives." },
  {
    name: "conditional",
    types: ["list"],
    fields: [
      {
        name: "when",
        types: ["table"],
        doc: "Argument = value, or contains:, startswith:, endswith: and a text.",
      },
      { name: "returns", types: ["any"], required: true, doc: "What the tool gives then." },
    ],
    doc: "Answers by arguments; the first that fits.",
  },
  { name: "error", types: ["text"], doc: "What the tool raises." },
];

/** `Mocks { name = entry }` (language.md §2.8). */
export const mocksDeclaration: DeclarationEntry = {
  name: "Mocks",
  doc: "Answers in place of agents, tools and models, by their names.",
  forms: ["bare"],
  fields: [],
};

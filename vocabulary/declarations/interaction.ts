import type { DeclarationEntry, FieldEntry } from "../entries.ts";
import { choiceValue } from "../primitives/choices.ts";

/** `Prompt("name", "text")` (language.md §2.7). */
export const promptDeclaration: DeclarationEntry = {
  name: "Prompt",
  doc: "Keeps a text under a name. Nothing in a run reads it back.",
  example: 'Prompt("greeting", "Say hello.")',
  status: "declared",
  forms: ["call"],
  phase: "both",
  firstText: "name",
  parameters: [
    { name: "name", types: ["text"], required: true, doc: "Name of the text." },
    { name: "text", types: ["text"], required: true, doc: "The text." },
  ],
  fields: [],
};

/** `Hitl("name", {…})` (language.md §2.7). */
export const hitlDeclaration: DeclarationEntry = {
  name: "Hitl",
  doc: "A question to a person, declared once. `Human.*` asks it with `config_key`; options of that call win.",
  example:
    'Hitl("publish", {type = "approval", message = "Publish it?", timeout = 3600, default = false})\n… Human.approve({config_key = "publish"})',
  forms: ["call"],
  phase: "both",
  firstText: "name",
  parameters: [
    { name: "name", types: ["text"], required: true, doc: "Name for `config_key`." },
    { name: "config", types: ["table"], required: true, doc: "The question." },
  ],
  fields: [
    {
      name: "type",
      types: ["text"],
      required: true,
      values: ["approval", "input", "review"],
      valueDocs: { approval: "Yes or no.", input: "A text.", review: "A decision on something shown." },
      doc: "Kind of question.",
    },
    { name: "message", types: ["text"], required: true, doc: "The question." },
    { name: "timeout", types: ["number"], doc: "Seconds to wait; without it there is no end." },
    { name: "default", types: ["any"], doc: "The answer when nobody gives one in time." },
    { name: "options", types: ["list"], each: choiceValue, doc: "Choices, each a text or {label=, value=}." },
  ],
};

const mockedCallFields: readonly FieldEntry[] = [
  {
    name: "tool",
    types: ["text", "handle"],
    required: true,
    refersTo: "tool",
    handle: "tool",
    doc: "The tool.",
  },
  { name: "args", types: ["table"], isOpen: true, doc: "What it is called with." },
];

const turnMockFields: readonly FieldEntry[] = [
  { name: "message", types: ["text"], default: "", doc: "What the agent answers." },
  {
    name: "tool_calls",
    types: ["list"],
    each: { types: ["table"], fields: mockedCallFields },
    doc: "Tools that the agent calls. The calls are recorded and the tools don't run, unless `run_tools` says so.",
    example: 'tool_calls = {{tool = "done", args = {reason = "finished"}}}',
  },
  {
    name: "data",
    types: ["table"],
    isOpen: true,
    doc: "The fields of a structured answer; they are the result's `output` when there are any.",
  },
  {
    name: "run_tools",
    types: ["boolean"],
    default: false,
    since: "0.1.0",
    doc: "Runs the listed calls as if a model had asked for them: only tools that are offered, with checked arguments.",
  },
];

const usageField: FieldEntry = {
  name: "usage",
  types: ["table"],
  isOpen: true,
  status: "declared",
  doc: "Token counts. Those of mocked turns stay 0 all the same.",
};

/** What an entry of `Mocks` may hold: an agent's answers or a tool's (language.md §2.8). */
export const mockFields: readonly FieldEntry[] = [
  ...turnMockFields,
  usageField,
  {
    name: "temporal",
    types: ["list"],
    each: {
      types: ["any"],
      isOpen: true,
      fields: [
        ...turnMockFields,
        usageField,
        {
          name: "when_message",
          types: ["text"],
          doc: "The message that this turn answers; it then comes before the count of turns.",
        },
      ],
    },
    doc: "One answer for each turn of an agent or call of a tool, in order; the last one repeats.",
  },
  { name: "returns", types: ["any"], doc: "What the tool or the model always gives." },
  {
    name: "conditional",
    types: ["list"],
    each: {
      types: ["table"],
      fields: [
        {
          name: "when",
          types: ["table"],
          isOpen: true,
          each: { types: ["any"] },
          doc: 'Argument = value; a text may begin with "contains:", "startswith:" or "endswith:". An argument that is missing never fits.',
        },
        { name: "returns", types: ["any"], required: true, doc: "What the tool gives then." },
      ],
    },
    doc: "Answers by the arguments of the call; the first that fits. When none fits, the real tool runs.",
    example: 'conditional = {{when = {city = "contains:Paris"}, returns = {degrees = 21}}}',
  },
  { name: "error", types: ["text"], doc: "The message of the error that the tool raises." },
];

/** `Mocks { name = entry }` (language.md §2.8). */
export const mocksDeclaration: DeclarationEntry = {
  name: "Mocks",
  doc: "Stand-ins for agents, tools and models, by their names. They hold in every run of the file. Several `Mocks` add up; the last entry of a name wins.",
  example: 'Mocks {\n  writer = {message = "A short text."},\n  search = {returns = {hits = 3}},\n}',
  forms: ["bare"],
  phase: "both",
  isOpen: true,
  keysReferTo: "mock",
  each: { types: ["table"], fields: mockFields },
  fields: [],
};

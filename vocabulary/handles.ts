import { turnFields } from "./declarations/agent.ts";
import type { FieldEntry, FunctionEntry, HandleEntry, MemberEntry } from "./entries.ts";

const usageFields: readonly FieldEntry[] = [
  { name: "prompt_tokens", types: ["integer"], doc: "Tokens that were sent." },
  { name: "completion_tokens", types: ["integer"], doc: "Tokens that came back." },
  { name: "total_tokens", types: ["integer"], doc: "Both together." },
];

const costFields: readonly FieldEntry[] = [
  { name: "total_cost", types: ["number"], doc: "US dollars in all." },
  { name: "prompt_cost", types: ["number"], doc: "US dollars for what was sent." },
  { name: "completion_cost", types: ["number"], doc: "US dollars for what came back." },
  { name: "model", types: ["text"], doc: "The model that answered." },
  { name: "provider", types: ["text"], doc: "Its provider." },
];

/** What a call of an agent may say; every other key becomes a value for its prompt template (language.md part B §1.2). */
const turnOptions: FieldEntry = {
  name: "options",
  types: ["table", "text"],
  doc: "The message, or a table with the message and what is different in this turn.",
  fields: turnFields,
};

function method(
  name: string,
  doc: string,
  returns: FunctionEntry["returns"],
  parameters: readonly FieldEntry[] = [],
): MemberEntry {
  return { name, doc, types: ["function"], function: { name, doc, parameters, returns } };
}

const cost: MemberEntry = {
  ...method("cost", "The cost in US dollars.", ["table"]),
  function: { name: "cost", doc: "The cost.", parameters: [], returns: ["table"], returnFields: costFields },
};

const historyMembers: readonly MemberEntry[] = [
  method(
    "add",
    "Adds a message.",
    ["nil"],
    [{ name: "message", types: ["table"], required: true, doc: "A table with `role` and `content`." }],
  ),
  method("get", "The messages.", ["list"]),
  method("clear", "Removes all messages.", ["nil"]),
  method(
    "truncate",
    "Keeps the first messages only.",
    ["nil"],
    [{ name: "count", types: ["integer"], required: true, doc: "How many stay." }],
  ),
  method("count_tokens", "About how many tokens the messages have.", ["integer"]),
];

/** What the values that declarations and calls give back offer (language.md part A §2.1, §2.4; part B §1.7, §1.8, §2.2). */
export const handles: readonly HandleEntry[] = [
  {
    name: "agent",
    doc: "A declared agent; call it for a turn.",
    call: {
      name: "agent",
      doc: "Makes one turn: the model answers, calling tools until it is done.",
      parameters: [turnOptions],
      returns: ["handle"],
      returnsHandle: "turn",
      effect: "checkpointed",
      checkpoint: "agent_turn",
    },
    members: [
      { name: "name", types: ["text"], doc: "Its name." },
      { name: "output", types: ["text", "nil"], doc: "Text of its last turn; nil before the first." },
      { name: "usage", types: ["table"], fields: usageFields, doc: "Tokens of all its turns." },
      cost,
      { name: "history", types: ["handle"], handle: "history", doc: "Its messages, to read and to change." },
      method("get_history", "Its messages as a list.", ["list"]),
      method("clear_history", "Forgets its messages; the next turn counts as the first.", ["nil"]),
    ],
  },
  {
    name: "turn",
    doc: "What a turn gives back.",
    members: [
      { name: "output", types: ["any"], doc: "The answer: a text, or the fields of the agent's `output`." },
      { name: "usage", types: ["table"], fields: usageFields, doc: "Tokens of the turn." },
      cost,
      { name: "cost_stats", types: ["table"], fields: costFields, doc: "The cost, the model, the provider." },
    ],
  },
  {
    name: "tool",
    doc: "A declared tool; call it with its arguments.",
    call: {
      name: "tool",
      doc: "Runs the tool. The arguments are a table.",
      parameters: [{ name: "args", types: ["table"], doc: "Its arguments." }],
      returns: ["any"],
      effect: "external",
    },
    members: [
      { name: "name", types: ["text"], doc: "Its name." },
      method(
        "call",
        "The same as calling it.",
        ["any"],
        [{ name: "args", types: ["table"], doc: "Its arguments." }],
      ),
      method("called", "Whether it was called in this run.", ["boolean"]),
      method("last_call", "Its last call: `{name, args, result}`; nil when there was none.", [
        "table",
        "nil",
      ]),
      method("last_result", "The result of its last call.", ["any"]),
      method("call_count", "How often it was called.", ["integer"]),
      method("reset", "Forgets its calls.", ["nil"]),
    ],
  },
  {
    name: "procedure",
    doc: "A procedure of this file; call it with its inputs.",
    call: {
      name: "procedure",
      doc: "Runs it to its end, as one checkpoint.",
      parameters: [{ name: "input", types: ["table"], doc: "Its inputs." }],
      returns: ["any"],
      effect: "checkpointed",
      checkpoint: "procedure_call",
    },
    members: [],
  },
  {
    name: "model",
    doc: "A declared model; call it for a prediction.",
    status: "declared",
    call: {
      name: "model",
      doc: "One prediction.",
      parameters: [{ name: "input", types: ["any"], required: true, doc: "What it is asked." }],
      returns: ["handle"],
      returnsHandle: "prediction",
      effect: "checkpointed",
      checkpoint: "model_predict",
    },
    members: [
      {
        ...method("predict", "The same as calling it.", ["handle"]),
        function: {
          name: "predict",
          doc: "One prediction.",
          parameters: [{ name: "input", types: ["any"], required: true, doc: "What it is asked." }],
          returns: ["handle"],
          returnsHandle: "prediction",
          effect: "checkpointed",
        },
      },
    ],
  },
  {
    name: "prediction",
    doc: "What a model gives back; other keys read from `output`.",
    members: [
      { name: "output", types: ["any"], doc: "The prediction." },
      { name: "cost", types: ["table"], doc: "What it cost." },
      { name: "model_version", types: ["text"], doc: "Version of the model." },
      { name: "backend_type", types: ["text"], doc: "Kind of backend." },
      { name: "metadata", types: ["table"], doc: "Anything else." },
    ],
  },
  { name: "history", doc: "The messages of an agent.", members: historyMembers },
  { name: "step", doc: "What a custom step of a specification is given.", members: [] },
  ...(["toolset", "context", "corpus", "retriever", "compactor", "task", "module", "signature"] as const).map(
    (name): HandleEntry => ({
      name,
      doc: `A declared ${name}.`,
      members: [{ name: "name", types: ["text"], doc: "Its name." }],
    }),
  ),
];

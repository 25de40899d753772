import type { DeclarationEntry, FieldEntry } from "../entries.ts";

const budgetFields: readonly FieldEntry[] = [
  { name: "ratio", types: ["number"], doc: "Part of the model's window, from 0 on." },
  { name: "max_tokens", types: ["integer"], doc: "Most tokens, at least 1." },
];

const inputBudget: FieldEntry = {
  name: "input_budget",
  types: ["table"],
  fields: budgetFields,
  doc: "How much may be sent in all; at least one of the two.",
};

const packBudget: FieldEntry = {
  name: "pack_budget",
  types: ["table"],
  fields: [
    { name: "default_ratio", types: ["number"], doc: "Part of the whole for each pack." },
    { name: "default_max_tokens", types: ["integer"], doc: "Most tokens for each pack." },
  ],
  doc: "How much each pack may take; at least one of the two.",
};

const expansion: FieldEntry = {
  name: "expansion",
  types: ["table"],
  fields: [
    { name: "max_pages", types: ["integer"], default: 1, doc: "Most pages that are fetched." },
    { name: "min_fill_ratio", types: ["number"], doc: "Goes on while less than this part is full, 0 to 1." },
  ],
  doc: "How more is fetched while there is room.",
};

const packFields: readonly FieldEntry[] = [
  {
    name: "name",
    types: ["text", "handle"],
    required: true,
    refersTo: "pack",
    doc: "The retriever or the context.",
  },
  { name: "weight", types: ["number"], doc: "Its share of the room, against the other packs." },
  { name: "priority", types: ["number"], doc: "Who gets room first." },
  { name: "budget", types: ["table"], fields: budgetFields, doc: "How much it may take." },
];

/** `x = Context { … }` (language.md §2.9). */
export const contextDeclaration: DeclarationEntry = {
  name: "Context",
  doc: "How the prompt of an agent is put together from messages, retrieved text and the conversation, within a budget. Agents take it by their field `context`. Unknown fields are errors.",
  example:
    'support = Context {\n  messages = {system("Answer from the notes."), context(notes), history(), user(template("{input.question}"))},\n  policy = {input_budget = {max_tokens = 4000}},\n}',
  forms: ["assigned"],
  phase: "both",
  namedByVariable: true,
  nameMustMatch: true,
  handle: "context",
  closed: true,
  fields: [
    {
      name: "messages",
      types: ["list"],
      each: { types: ["table"] },
      doc: "Parts in order, made by `system`, `user`, `assistant`, `context` and `history`. Without it: the agent's prompt, the packs, the conversation, the message.",
    },
    {
      name: "packs",
      types: ["list", "handle", "text"],
      refersTo: "pack",
      each: { types: ["text", "handle", "table"], refersTo: "pack", fields: packFields },
      doc: "What to draw from: retrievers and contexts, by handle or name, or tables with weight, priority and budget.",
    },
    {
      name: "policy",
      types: ["table"],
      doc: "What happens when it does not fit.",
      fields: [
        inputBudget,
        packBudget,
        {
          name: "overflow",
          types: ["text"],
          values: ["compact"],
          doc: "What to do with too much: `compact` shortens it.",
        },
        {
          name: "compactor",
          types: ["handle", "text", "table"],
          refersTo: "compactor",
          handle: "compactor",
          isOpen: true,
          doc: "What shortens it.",
        },
        { name: "max_iterations", types: ["integer"], doc: "How often it may be shortened." },
        expansion,
      ],
    },
    inputBudget,
    { ...inputBudget, name: "budget", aliasOf: "input_budget", doc: "Other spelling of `input_budget`." },
    packBudget,
    expansion,
    { name: "name", types: ["text"], doc: "Must be the same as the variable." },
  ],
};

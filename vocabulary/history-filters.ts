import type { FieldEntry, FunctionEntry } from "./entries.ts";

const count: FieldEntry = {
  name: "n",
  types: ["integer"],
  required: true,
  doc: "How many messages; 0 keeps none.",
};
const tokens: FieldEntry = {
  name: "tokens",
  types: ["integer"],
  required: true,
  doc: "Most tokens, about 4 characters each.",
};

/** `filters.last_n(3)` and its kin, for `message_history.filter` (language.md §2.1.3). */
export const historyFilters: readonly FunctionEntry[] = [
  {
    name: "last_n",
    parameters: [count],
    returns: ["list"],
    doc: "Keeps the last n messages.",
    example: "message_history = {filter = filters.last_n(10)}",
  },
  { name: "first_n", parameters: [count], returns: ["list"], doc: "Keeps the first n messages." },
  {
    name: "token_budget",
    parameters: [tokens],
    returns: ["list"],
    doc: "Keeps the newest messages that fit into so many tokens.",
  },
  {
    name: "tail_tokens",
    parameters: [tokens],
    returns: ["list"],
    doc: "Keeps the newest messages that fit into so many tokens; the same as `token_budget`.",
  },
  {
    name: "head_tokens",
    parameters: [tokens],
    returns: ["list"],
    doc: "Keeps the oldest messages that fit into so many tokens.",
  },
  {
    name: "by_role",
    parameters: [
      {
        name: "role",
        types: ["text"],
        required: true,
        values: ["user", "assistant", "system", "tool"],
        doc: "Who says what is kept.",
      },
    ],
    returns: ["list"],
    doc: "Keeps the messages of one role.",
  },
  {
    name: "system_prefix",
    parameters: [],
    returns: ["list"],
    doc: "Keeps the system messages at the start.",
  },
  {
    name: "compose",
    parameters: [
      {
        name: "…",
        types: ["list", "function"],
        required: true,
        doc: "The filters, applied from left to right.",
      },
    ],
    returns: ["list"],
    isVararg: true,
    doc: "Applies several filters one after the other.",
    example: 'filters.compose(filters.by_role("user"), filters.last_n(5))',
  },
];

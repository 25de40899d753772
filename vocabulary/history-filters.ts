import type { FieldEntry, FunctionEntry } from "./entries.ts";

const count: FieldEntry = { name: "n", types: ["integer"], required: true, doc: "How many messages." };
const tokens: FieldEntry = {
  name: "tokens",
  types: ["integer"],
  required: true,
  doc: "Most tokens, about 4 characters each.",
};

/** `filters.last_n(3)` and its kin, for `message_history.filter` (language.md §2.1.3). */
export const historyFilters: readonly FunctionEntry[] = [
  { name: "last_n", parameters: [count], returns: ["list"], doc: "Keeps the last messages." },
  { name: "first_n", parameters: [count], returns: ["list"], doc: "Keeps the first messages." },
  {
    name: "token_budget",
    parameters: [tokens],
    returns: ["list"],
    doc: "Keeps the newest within some tokens.",
  },
  {
    name: "tail_tokens",
    parameters: [tokens],
    returns: ["list"],
    doc: "Keeps the newest within some tokens.",
  },
  {
    name: "head_tokens",
    parameters: [tokens],
    returns: ["list"],
    doc: "Keeps the oldest within some tokens.",
  },
  {
    name: "by_role",
    parameters: [
      {
        name: "role",
        types: ["text"],
        required: true,
        values: ["user", "assistant", "system", "tool"],
        doc: "The role.",
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
    parameters: [{ name: "…", types: ["list", "function"], required: true, doc: "The filters." }],
    returns: ["list"],
    doc: "Applies filters one after the other.",
  },
];

import type { ModuleEntry } from "./entries.ts";

/** What the values that declarations and calls give back offer (language.md part A §2.1, §2.4; part B §1.7, §1.8, §2.2). */
export const handles: readonly ModuleEntry[] = [
  {
    name: "agent",
    doc: "A declared agent; call it for a turn.",
    exports: [
      { name: "name", doc: "Its name." },
      { name: "output", doc: "Text of its last turn." },
      { name: "usage", doc: "Tokens of all its turns." },
      { name: "cost", doc: "US dollars of all its turns." },
      { name: "history", doc: "Its messages, to read and to clear." },
      { name: "get_history", doc: "Its messages as a list." },
      { name: "clear_history", doc: "Forgets its messages; the next turn counts as the first." },
    ],
  },
  {
    name: "turn",
    doc: "What a turn gives back.",
    exports: [
      { name: "output", doc: "The answer: a text, or what its JSON holds." },
      { name: "usage", doc: "prompt_tokens, completion_tokens and total_tokens." },
      { name: "cost", doc: "The cost of the turn." },
      { name: "cost_stats", doc: "The cost of the turn, the model and the provider." },
    ],
  },
  {
    name: "tool",
    doc: "A declared tool; call it with its arguments.",
    exports: [
      { name: "name", doc: "Its name." },
      { name: "call", doc: "The same as calling it." },
      { name: "called", doc: "Whether it was called." },
      { name: "last_call", doc: "Its last call: {name, args, result}." },
      { name: "last_result", doc: "The result of its last call." },
      { name: "call_count", doc: "How often it was called." },
      { name: "reset", doc: "Forgets its calls." },
    ],
  },
  {
    name: "model",
    doc: "A declared model; call it for a prediction.",
    status: "declared",
    exports: [{ name: "predict", doc: "The same as calling it." }],
  },
];

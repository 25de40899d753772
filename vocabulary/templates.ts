import type { Entry } from "./entries.ts";

/** What `{namespace.path}` in a prompt can reach (language.md part B §1.3). */
export const templateNamespaces: readonly Entry[] = [
  { name: "context", doc: "Inputs that the run was given." },
  { name: "env", status: "declared", doc: "Environment variables; a sandboxed run has none." },
  { name: "input", doc: "The keys of the call, and message." },
  { name: "output", status: "declared", doc: "Reserved." },
  { name: "params", doc: "The same as input." },
  { name: "prepared", doc: "What the agent's prepare function gave." },
  { name: "state", doc: "Values of the state." },
];

/** Parts of a Context's `messages` (language.md §2.9). */
export const contextDirectives: readonly Entry[] = [
  { name: "assistant", status: "declared", doc: "A message of the model." },
  { name: "context", status: "declared", doc: "What a retriever, a context or a pack gives." },
  { name: "history", status: "declared", doc: "The conversation so far." },
  { name: "system", status: "declared", doc: "A system message." },
  { name: "template", status: "declared", doc: "A text with markers, and their values." },
  { name: "user", status: "declared", doc: "A message of the person." },
];

/** Matchers of evaluations (language.md §2.14). */
export const matchers: readonly Entry[] = [
  { name: "contains", status: "declared", doc: "Holds a text." },
  { name: "equals", status: "declared", doc: "Is equal." },
  { name: "matches", status: "declared", doc: "Fits a regular expression." },
];

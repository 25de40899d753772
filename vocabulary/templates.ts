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

/** A text in which placeholders are filled, and what they reach there. */
export interface TemplatePlace {
  /** A declaration, `agent` for the table of an agent's call, or the function whose first argument it is. */
  readonly owner: string;
  /** Absent for the first argument of a function. */
  readonly field?: string;
  /** `braces` is `{namespace.path}`; the text of a `jinja` place is no template in that sense. */
  readonly syntax: "braces" | "jinja";
  readonly namespaces: readonly string[];
  /** What a name without a namespace means; absent where it means nothing. */
  readonly bareNames?: string;
  readonly doc: string;
}

const promptNamespaces = templateNamespaces.map(({ name }) => name);

/** Every text that is a template (language.md §2.1.1, §2.9, §2.12, part B §1.3). */
export const templatePlaces: readonly TemplatePlace[] = [
  {
    owner: "Agent",
    field: "system_prompt",
    syntax: "braces",
    namespaces: promptNamespaces,
    doc: "Rendered for each turn.",
  },
  {
    owner: "agent",
    field: "system_prompt",
    syntax: "braces",
    namespaces: promptNamespaces,
    doc: "Rendered for this turn.",
  },
  {
    owner: "agent",
    field: "system_prompt_suffix",
    syntax: "braces",
    namespaces: promptNamespaces,
    doc: "Rendered for this turn.",
  },
  {
    owner: "Agent",
    field: "initial_message",
    syntax: "braces",
    namespaces: ["context", "input", "params", "state"],
    bareNames: "an input of the run or a key of the call",
    doc: "Filled once, for the first turn.",
  },
  {
    owner: "template",
    syntax: "braces",
    namespaces: ["context", "input"],
    bareNames: "a value of the table behind the text",
    doc: "Filled when the context is put together.",
  },
  {
    owner: "ClassifyProcedure",
    field: "user_message",
    syntax: "jinja",
    namespaces: ["metadata", "results", "text"],
    doc: "A Jinja template over the text and what came with it.",
  },
];

/** Parts of a Context's `messages` (language.md §2.9). */
export const contextDirectives: readonly Entry[] = [
  { name: "assistant", doc: "A message of the model." },
  { name: "context", doc: "What a retriever, a context or a pack gives." },
  { name: "history", doc: "The conversation so far." },
  { name: "system", doc: "A system message." },
  { name: "template", doc: "A text with markers, and their values." },
  { name: "user", doc: "A message of the person." },
];

/** Matchers of evaluations (language.md §2.14). */
export const matchers: readonly Entry[] = [
  { name: "contains", status: "declared", doc: "Holds a text." },
  { name: "equals", status: "declared", doc: "Is equal." },
  { name: "matches", status: "declared", doc: "Fits a regular expression." },
];

import type { FieldEntry } from "../entries.ts";
import { choiceValue } from "./choices.ts";

/** What every question may say of the answer and of what it is about. The last ones are shown with it and journaled. */
const contract: readonly FieldEntry[] = [
  {
    name: "response_schema",
    types: ["table"],
    isOpen: true,
    doc: "JSON Schema that the answer must fit; the person is asked again until it does.",
  },
  {
    name: "expires_at",
    types: ["text"],
    doc: "Time (ISO 8601) when the question ends without an answer, as after a `timeout`.",
  },
  { name: "ui_schema", types: ["table"], isOpen: true, doc: "Hints for a form; shown with the question." },
  { name: "action_key", types: ["text"], doc: "A mark of what is asked for; shown with the question." },
  { name: "resource_refs", types: ["list"], doc: "What it is about; shown with the question." },
  { name: "preconditions", types: ["list", "table"], doc: "What must hold; shown with the question." },
];

/** Options of every question, and its own, which come first; `message` is what is asked when the call says nothing. */
export function questionFields(message: string, ownFields: readonly FieldEntry[]): readonly FieldEntry[] {
  const own = new Set(ownFields.map(({ name }) => name));
  const common: readonly FieldEntry[] = [
    { name: "message", types: ["text"], default: message, doc: "What is asked." },
    {
      name: "timeout",
      types: ["number"],
      doc: "Seconds to wait for the answer; without it there is no end.",
    },
    {
      name: "default",
      types: ["any"],
      doc: "The answer when nobody gives one in time, or nobody can be asked. Without it a run that can't ask waits.",
    },
    {
      name: "config_key",
      types: ["text"],
      refersTo: "hitl",
      doc: "Name of a declared Hitl, whose options hold where the call says nothing.",
    },
    ...contract,
  ];
  return [...ownFields, ...common.filter(({ name }) => !own.has(name))];
}

/** What a person chooses from. */
export const optionsField: FieldEntry = {
  name: "options",
  types: ["list"],
  each: choiceValue,
  doc: "Choices: texts, or tables with `label`, `value`, `description` and `style`.",
};

/** What a person should know to answer. */
export const contextField: FieldEntry = {
  name: "context",
  types: ["table"],
  isOpen: true,
  doc: "What the person should know, by name.",
};

/** One of the questions of `Human.multiple`. */
export const itemFields: readonly FieldEntry[] = [
  { name: "id", types: ["text"], required: true, doc: "Key of its answer; no two are the same." },
  { name: "label", types: ["text"], required: true, doc: "Its title." },
  {
    name: "type",
    types: ["text"],
    required: true,
    suggested: ["approval", "input", "review", "select", "upload"],
    doc: "Kind of question.",
  },
  { name: "message", types: ["text"], required: true, doc: "What is asked." },
  optionsField,
  { name: "default", types: ["any"], doc: "The answer when nobody gives one." },
  { name: "required", types: ["boolean"], default: true, doc: "Whether it must be answered." },
  { name: "metadata", types: ["table"], isOpen: true, doc: "Anything else." },
];

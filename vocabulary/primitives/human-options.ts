import type { FieldEntry } from "../entries.ts";
import { choiceValue } from "./choices.ts";

/** Options that the screens of a host may read; a procedure gets nothing back of them. */
const passedOn: readonly FieldEntry[] = [
  {
    name: "response_schema",
    types: ["table"],
    isOpen: true,
    status: "declared",
    doc: "JSON Schema that the answer must fit.",
  },
  { name: "ui_schema", types: ["table"], isOpen: true, status: "declared", doc: "Hints for a form." },
  {
    name: "action_key",
    types: ["text"],
    status: "declared",
    doc: "A mark of what is asked for, for the host.",
  },
  { name: "resource_refs", types: ["list"], status: "declared", doc: "What it is about, for the host." },
  { name: "preconditions", types: ["list"], status: "declared", doc: "What must hold, for the host." },
  { name: "expires_at", types: ["text"], status: "declared", doc: "When the question ends, for the host." },
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
      doc: "The answer when nobody gives one in time, or nobody can be asked.",
    },
    {
      name: "config_key",
      types: ["text"],
      refersTo: "hitl",
      doc: "Name of a declared Hitl, whose options hold where the call says nothing.",
    },
    ...passedOn,
  ];
  return [...ownFields, ...common.filter(({ name }) => !own.has(name))];
}

/** What a person chooses from. */
export const optionsField: FieldEntry = {
  name: "options",
  types: ["list"],
  each: choiceValue,
  doc: "Choices: texts, or tables with `label` and `value`.",
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

import type { Entry, FieldEntry } from "./entries.ts";

/** `field.string{…}` and its kin (language.md §2.3). */
export const fieldBuilders: readonly Entry[] = [
  { name: "array", doc: "A list." },
  { name: "boolean", doc: "True or false." },
  { name: "integer", doc: "A whole number." },
  { name: "number", doc: "A number." },
  { name: "object", doc: "A table with keys." },
  { name: "string", doc: "A text." },
];

/** Options of every field builder. */
export const fieldOptions: readonly FieldEntry[] = [
  { name: "required", types: ["boolean"], default: false, doc: "Whether it must be there." },
  { name: "default", types: ["any"], doc: "Used when it is not given; without effect on a required field." },
  { name: "description", types: ["text"], doc: "What it means, for people and models." },
  { name: "enum", types: ["list"], doc: "The only values it may have." },
  { name: "items", types: ["schema"], since: "0.1.0", doc: "The field that each item of a list must fit." },
  { name: "properties", types: ["schema"], since: "0.1.0", doc: "The fields of an object." },
  {
    name: "minimum",
    types: ["number"],
    since: "0.1.0",
    doc: "Least value of a number, least length of a text or a list.",
  },
  { name: "min", types: ["number"], aliasOf: "minimum", since: "0.1.0", doc: "Other spelling." },
  {
    name: "maximum",
    types: ["number"],
    since: "0.1.0",
    doc: "Largest value of a number, largest length of a text or a list.",
  },
  { name: "max", types: ["number"], aliasOf: "maximum", since: "0.1.0", doc: "Other spelling." },
];

/** Builders of evaluators, which live in the same table. */
export const evaluatorBuilders: readonly Entry[] = [
  { name: "contains", status: "declared", doc: "The output holds a text." },
  { name: "equals_expected", status: "declared", doc: "The output equals the expected one." },
  { name: "min_length", status: "declared", doc: "The output has a length." },
];

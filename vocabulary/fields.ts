import { evaluatorFields } from "./declarations/evaluators.ts";
import type { FieldEntry, FunctionEntry } from "./entries.ts";

/** Options of every field builder; what makes sense for one type only says so. */
export const fieldOptions: readonly FieldEntry[] = [
  {
    name: "required",
    types: ["boolean"],
    default: false,
    doc: "Whether it must be there. A missing one is an error that names it.",
  },
  {
    name: "default",
    types: ["any"],
    doc: "Used when it is not given; without effect on a required field. It must fit the field itself.",
  },
  { name: "description", types: ["text"], doc: "What it means. Models and people read it." },
  {
    name: "enum",
    types: ["list"],
    each: { types: ["text", "number", "boolean"] },
    doc: "The only values that it may have.",
  },
  {
    name: "items",
    types: ["schema"],
    since: "0.1.0",
    doc: "The field that each item of a list must fit, such as `field.string{}`.",
  },
  { name: "properties", types: ["schema"], since: "0.1.0", doc: "The fields of an object, by name." },
  {
    name: "minimum",
    types: ["number"],
    since: "0.1.0",
    doc: "Least value of a number; least number of characters of a text, or of items of a list.",
  },
  {
    name: "min",
    types: ["number"],
    aliasOf: "minimum",
    since: "0.1.0",
    doc: "Other spelling of `minimum`.",
  },
  {
    name: "maximum",
    types: ["number"],
    since: "0.1.0",
    doc: "Largest value of a number; most characters of a text, or items of a list.",
  },
  {
    name: "max",
    types: ["number"],
    aliasOf: "maximum",
    since: "0.1.0",
    doc: "Other spelling of `maximum`.",
  },
];

const bounds = ["minimum", "min", "maximum", "max"];

/** Options that don't fit every type. */
const specialOptions: Readonly<Record<string, readonly string[]>> = {
  string: bounds,
  number: bounds,
  integer: bounds,
  boolean: [],
  array: ["items", ...bounds],
  object: ["properties"],
};

function builder(type: keyof typeof specialOptions, doc: string, example: string): FunctionEntry {
  const special = new Set(["items", "properties", ...bounds]);
  const own = new Set(specialOptions[type]);
  const options: FieldEntry = {
    name: "options",
    types: ["table"],
    fields: fieldOptions.filter(({ name }) => !special.has(name) || own.has(name)),
    doc: "What the value must be like.",
  };
  return { name: type, doc, example, parameters: [options], returns: ["table"] };
}

/** `field.string{…}` and its kin, for `input`, `output` and `state` (language.md §2.3). */
export const fieldBuilders: readonly FunctionEntry[] = [
  builder(
    "array",
    "A list, with keys from 1. An empty one stays a list.",
    "tags = field.array{items = field.string{}}",
  ),
  builder("boolean", "True or false.", "urgent = field.boolean{default = false}"),
  builder("integer", "A whole number.", "count = field.integer{minimum = 1}"),
  builder("number", "A number, whole or not.", "score = field.number{required = true, max = 1}"),
  builder(
    "object",
    "A table with keys.",
    "address = field.object{properties = {city = field.string{required = true}}}",
  ),
  builder("string", "A text.", 'topic = field.string{required = true, description = "What to write about"}'),
];

function evaluator(type: string, doc: string, names: readonly string[]): FunctionEntry {
  const options: FieldEntry = {
    name: "options",
    types: ["table"],
    fields: evaluatorFields
      .filter(({ name }) => names.includes(name))
      .map(({ onlyWith: _none, ...field }) => field),
    doc: "What is looked at.",
  };
  return { name: type, status: "declared", doc, parameters: [options], returns: ["table"] };
}

/** Builders of evaluators, which live in the same table. */
export const evaluatorBuilders: readonly FunctionEntry[] = [
  evaluator("contains", "An evaluator: the output, or a field of it, holds a text.", ["field", "value"]),
  evaluator("equals_expected", "An evaluator: the output, or a field of it, is the expected one.", ["field"]),
  evaluator("min_length", "An evaluator: the output, or a field of it, has a least length.", [
    "field",
    "value",
    "check_expected",
  ]),
];

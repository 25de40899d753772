import type { DeclarationEntry, FieldEntry } from "../entries.ts";
import { modelIdField, samplingFields } from "./sampling.ts";

const llm = { onlyWith: { field: "method", values: ["llm"] } } as const;
const fuzzy = { onlyWith: { field: "method", values: ["fuzzy"] } } as const;

const classes: FieldEntry = {
  name: "classes",
  types: ["list"],
  required: true,
  each: { types: ["text"] },
  doc: "The classes. Answers are matched without regard to case.",
};

/** Options of the classifier that asks a model (language.md §2.12; part B §4.2). */
export const llmClassifierFields: readonly FieldEntry[] = [
  classes,
  {
    name: "prompt",
    types: ["text"],
    required: true,
    doc: "The instruction for the model; it is the system message.",
  },
  { ...modelIdField, default: "openai/gpt-4o-mini" },
  {
    name: "name",
    types: ["text"],
    default: "llm_classifier",
    doc: "Name of its model, with `_` and a number behind it that counts from 1: `llm_classifier_1` is the name for mocks.",
  },
  {
    name: "max_retries",
    types: ["integer"],
    default: 3,
    doc: 'Further attempts when an answer is none of the classes; after them the value is "ERROR".',
  },
  ...samplingFields,
  {
    name: "confidence_mode",
    types: ["text"],
    default: "heuristic",
    doc: "With `heuristic` the confidence is 0.8 when the model reports none.",
  },
  {
    name: "parse_direction",
    types: ["text"],
    default: "end",
    values: ["start", "end"],
    doc: "Whether the class is looked for from the last line of the answer, or from the first.",
  },
];

/** Options of the classifier that compares texts. */
export const fuzzyClassifierFields: readonly FieldEntry[] = [
  {
    name: "expected",
    types: ["text"],
    doc: "The text to compare with. The answer is the first class when it is like it, the second when not; Yes and No without classes.",
  },
  { ...classes, required: false, doc: "The classes; without `expected`, the texts to compare with." },
  { name: "threshold", types: ["number"], default: 0.8, doc: "Least likeness, 0 to 1, that counts." },
  {
    name: "algorithm",
    types: ["text"],
    default: "ratio",
    values: ["ratio", "token_set_ratio", "token_sort_ratio", "partial_ratio"],
    valueDocs: {
      ratio: "The texts as they are.",
      token_set_ratio: "The words that both have, in any order.",
      token_sort_ratio: "The words, sorted.",
      partial_ratio: "The best part of the longer text.",
    },
    doc: "How likeness is measured.",
  },
];

/** Options of the classifier that was trained. */
export const naiveBayesFields: readonly FieldEntry[] = [
  { name: "name", types: ["text"], required: true, doc: "Name of the trained model in the registry." },
  { name: "version", types: ["text"], default: "latest", doc: "Which version of it." },
];

/** A required option of one method is required only then. */
function only(
  fields: readonly FieldEntry[],
  condition: Pick<FieldEntry, "onlyWith">,
  shared: ReadonlySet<string>,
): FieldEntry[] {
  return fields.map(({ required, ...field }) => ({
    ...field,
    ...(!shared.has(field.name) && condition),
    ...(required && !shared.has(field.name) && { requiredThen: true as const }),
  }));
}

const sharedNames: ReadonlySet<string> = new Set(["classes", "name"]);
const fuzzyOnly = fuzzyClassifierFields.filter(({ name }) => !sharedNames.has(name));
const naiveBayesOnly = naiveBayesFields.filter(({ name }) => !sharedNames.has(name));

/** `Classify { … }` (language.md §2.12). */
export const classifyDeclaration: DeclarationEntry = {
  name: "Classify",
  doc: "Puts a text into one of some classes. With `input` it answers at once; without it gives a classifier that can be called again and again.",
  example: 'mood = Classify { classes = {"good", "bad"}, prompt = "Is this review good or bad?" }',
  forms: ["bare", "assigned"],
  phase: "both",
  handle: "classifier",
  handleWith: { field: "input", handle: "classification" },
  fields: [
    {
      name: "method",
      types: ["text"],
      default: "llm",
      values: ["llm", "fuzzy", "naive_bayes"],
      valueDocs: {
        llm: "Asks a model; needs `classes` and `prompt`.",
        fuzzy: "Compares texts, without a model; needs `classes` or `expected`.",
        naive_bayes: "Asks a model that was trained before; needs `name`.",
      },
      doc: "How it is decided.",
    },
    { name: "input", types: ["text"], doc: "The text to classify at once." },
    ...only(llmClassifierFields, llm, sharedNames),
    ...only(fuzzyOnly, fuzzy, sharedNames),
    ...only(naiveBayesOnly, { onlyWith: { field: "method", values: ["naive_bayes"] } }, sharedNames),
  ],
};

/** `ClassifyProcedure { … }` (language.md §2.12). */
export const classifyProcedureDeclaration: DeclarationEntry = {
  name: "ClassifyProcedure",
  doc: "Declares the main procedure of a file that does nothing but classify. Its inputs are the text, `metadata` and `results`; its outputs `value` and `explanation`.",
  example:
    'ClassifyProcedure { model = "openai/gpt-4o-mini", classes = {"spam", "mail"}, prompt = "Spam or mail?" }',
  forms: ["bare"],
  phase: "declaration",
  fields: [
    classes,
    { ...modelIdField, doc: 'The model, as "provider/name"; without it the `default_model` of the file.' },
    {
      name: "system_message",
      types: ["text", "list"],
      each: { types: ["text"] },
      doc: "The instruction; the texts of a list are joined by blank lines.",
    },
    {
      name: "user_message",
      types: ["text", "list"],
      each: { types: ["text"] },
      doc: "A Jinja template over `text`, `metadata` and `results`. It needs `system_message` beside it.",
    },
    {
      name: "prompt",
      types: ["text"],
      doc: "Beside `system_message` the same as `user_message`; alone the instruction, and the text is sent as it is.",
    },
    {
      name: "input_field",
      types: ["text"],
      default: "text",
      doc: "Name of the input that holds the text.",
    },
    ...samplingFields,
    {
      name: "max_retries",
      types: ["integer"],
      default: 3,
      doc: "Further attempts when an answer is none of the classes.",
    },
    { name: "name", types: ["text"], doc: "Name of its model, for mocks." },
  ],
};

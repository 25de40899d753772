import type { DeclarationEntry, FieldEntry } from "../entries.ts";

const sampling: readonly FieldEntry[] = [
  { name: "temperature", types: ["number"], doc: "Randomness." },
  { name: "max_tokens", types: ["integer"], doc: "Most tokens of an answer." },
  { name: "reasoning_effort", types: ["text"], doc: "How much a reasoning model thinks." },
  { name: "verbosity", types: ["text"], doc: "How long the answers are." },
];

/** `Classify { … }` (language.md §2.12). */
export const classifyDeclaration: DeclarationEntry = {
  name: "Classify",
  doc: "Puts a text into one of some classes, at once or as a classifier to be called.",
  status: "declared",
  forms: ["bare", "assigned"],
  fields: [
    { name: "method", types: ["text"], default: "llm", values: ["llm", "fuzzy", "naive_bayes"], doc: "How." },
    { name: "classes", types: ["list"], doc: "The classes." },
    { name: "prompt", types: ["text"], doc: "The instruction." },
    { name: "input", types: ["text"], doc: "Text to classify at once." },
    { name: "model", types: ["text"], default: "openai/gpt-4o-mini", doc: "The model." },
    {
      name: "name",
      types: ["text"],
      default: "llm_classifier",
      doc: "Name for mocks, with a number behind it.",
    },
    {
      name: "max_retries",
      types: ["integer"],
      default: 3,
      doc: "Further attempts after a label that is none.",
    },
    ...sampling,
    {
      name: "confidence_mode",
      types: ["text"],
      default: "heuristic",
      doc: "What to do without a confidence.",
    },
    {
      name: "parse_direction",
      types: ["text"],
      default: "end",
      values: ["start", "end"],
      doc: "Where reading begins.",
    },
    { name: "expected", types: ["text"], doc: "Text to compare with, with method fuzzy." },
    { name: "threshold", types: ["number"], default: 0.8, doc: "Least likeness, with method fuzzy." },
    {
      name: "algorithm",
      types: ["text"],
      default: "ratio",
      values: ["ratio", "token_set_ratio", "token_sort_ratio", "partial_ratio"],
      doc: "How likeness is measured, with method fuzzy.",
    },
  ],
};

/** `ClassifyProcedure { … }` (language.md §2.12). */
export const classifyProcedureDeclaration: DeclarationEntry = {
  name: "ClassifyProcedure",
  doc: "Declares a main procedure that classifies its input.",
  status: "declared",
  forms: ["bare"],
  fields: [
    { name: "classes", types: ["list"], required: true, doc: "The classes." },
    { name: "model", types: ["text"], doc: "The model; else the default one." },
    { name: "system_message", types: ["text", "list"], doc: "The instruction." },
    { name: "user_message", types: ["text"], doc: "Template of the message." },
    { name: "prompt", types: ["text"], doc: "Instruction or message, beside or instead of the others." },
    { name: "input_field", types: ["text"], default: "text", doc: "Name of the input." },
    ...sampling,
    { name: "max_retries", types: ["integer"], default: 3, doc: "Further attempts." },
    { name: "name", types: ["text"], doc: "Name for mocks." },
  ],
};

/** `Module "name" { … }` (language.md §2.13). */
export const moduleDeclaration: DeclarationEntry = {
  name: "Module",
  doc: "A prompt made from a signature, to be called with its inputs.",
  status: "declared",
  forms: ["curried", "call"],
  fields: [
    { name: "signature", types: ["text", "handle"], required: true, doc: "Inputs and outputs." },
    {
      name: "strategy",
      types: ["text"],
      default: "predict",
      values: ["predict", "chain_of_thought", "raw"],
      doc: "How the model is led to the outputs.",
    },
    { name: "input", types: ["table"], doc: "Inputs." },
    { name: "output", types: ["table"], doc: "Outputs." },
  ],
};

/** Functions of prompt modules that take no table of fields (language.md §2.13). */
export const promptModuleFunctions: readonly DeclarationEntry[] = [
  { name: "LM", doc: "Sets the model of prompt modules.", status: "declared", forms: ["call"], fields: [] },
  { name: "get_current_lm", doc: "The model that LM set.", status: "declared", forms: ["call"], fields: [] },
  {
    name: "Signature",
    doc: "Inputs and outputs of a prompt.",
    status: "declared",
    forms: ["call", "curried"],
    fields: [],
  },
  { name: "History", doc: "A list of messages.", status: "declared", forms: ["call"], fields: [] },
  {
    name: "Message",
    doc: "One message with a role and a content.",
    status: "declared",
    forms: ["bare"],
    fields: [],
  },
  {
    name: "DSPyAgent",
    doc: "An agent without a declaration.",
    status: "declared",
    forms: ["bare"],
    fields: [],
  },
];

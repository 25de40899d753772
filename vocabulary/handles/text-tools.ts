import { modelIdField } from "../declarations/sampling.ts";
import type { FieldEntry, FunctionEntry, HandleEntry } from "../entries.ts";
import { classHandle } from "./class-handle.ts";

const attemptFields: readonly FieldEntry[] = [
  { name: "retry_count", types: ["integer"], doc: "How many further attempts it took." },
  { name: "raw_response", types: ["text", "nil"], doc: "The last answer of the model." },
  { name: "error", types: ["text", "nil"], doc: "What went wrong, when no attempt succeeded; else nil." },
];

const checkpointed = { effect: "checkpointed", checkpoint: "agent_turn" } as const;

const extract: FunctionEntry = {
  name: "extract",
  doc: "Reads the fields out of a text. Each attempt is one turn of a model.",
  parameters: [{ name: "text", types: ["text"], required: true, doc: "The text to read." }],
  returns: ["table"],
  returnFields: [
    {
      name: "fields",
      types: ["table"],
      isOpen: true,
      doc: "The values by name; empty when no attempt succeeded.",
    },
    ...attemptFields,
    { name: "validation_errors", types: ["list", "nil"], doc: "What was wrong with the last answer." },
  ],
  ...checkpointed,
};

/** Types of the fields that an extractor looks for. */
const extractedTypes = ["string", "number", "integer", "boolean", "list", "array", "object", "dict"];

const extractorFields: readonly FieldEntry[] = [
  {
    name: "fields",
    types: ["table"],
    required: true,
    isOpen: true,
    each: { types: ["text"], values: extractedTypes },
    doc: 'What to look for: name = type, such as {total = "number"}.',
  },
  { name: "prompt", types: ["text"], required: true, doc: "What the model should know of the text." },
  { name: "name", types: ["text"], doc: "Name of its agent, for mocks." },
  modelIdField,
  { name: "temperature", types: ["number"], default: 0.3, doc: "Randomness, from 0 on." },
  {
    name: "max_retries",
    types: ["integer"],
    default: 3,
    doc: "Further attempts; the model is told what was wrong.",
  },
  {
    name: "strict",
    types: ["boolean"],
    default: true,
    doc: "Whether a field that is missing makes the answer wrong.",
  },
];

const generate: FunctionEntry = {
  name: "generate",
  doc: "Writes a text. Each attempt is one turn of a model.",
  parameters: [{ name: "prompt", types: ["text"], required: true, doc: "What to write." }],
  returns: ["table"],
  returnFields: [
    { name: "output", types: ["text"], doc: "The text." },
    { name: "reasoning", types: ["text", "nil"], doc: "How the model got there, with `reasoning = true`." },
    { name: "format", types: ["text"], doc: "The `output_format`." },
    ...attemptFields,
  ],
  ...checkpointed,
};

const generatorFields: readonly FieldEntry[] = [
  {
    name: "system_prompt",
    types: ["text"],
    default: "You are a helpful assistant.",
    doc: "The system message.",
  },
  { name: "instructions", types: ["text"], doc: "Added to the system message." },
  {
    name: "constraints",
    types: ["text", "list"],
    each: { types: ["text"] },
    doc: "What the text must keep to; added to the system message.",
  },
  modelIdField,
  { name: "name", types: ["text"], doc: "Name of its agent, for mocks." },
  { name: "temperature", types: ["number"], default: 0.7, doc: "Randomness, from 0 on." },
  { name: "max_tokens", types: ["integer"], doc: "Most tokens of one answer." },
  {
    name: "max_retries",
    types: ["integer"],
    default: 2,
    doc: "Further attempts when the text is not valid.",
  },
  {
    name: "reasoning",
    types: ["boolean"],
    default: false,
    doc: "Lets the model think step by step and tell how.",
  },
  {
    name: "output_format",
    types: ["text"],
    default: "text",
    values: ["text", "json", "markdown"],
    doc: "What the text must be. For json it must begin and end like an object or a list.",
  },
];

/** Extractors and generators (language.md §2.12; part B §4.3, §4.4). */
export const textToolHandles: readonly HandleEntry[] = [
  {
    name: "extractor",
    doc: "Reads fields out of texts. Call it with a text.",
    call: { ...extract, name: "extractor" },
    members: [
      {
        name: "extract",
        types: ["function"],
        function: { ...extract, isMethod: true },
        doc: "The same as calling it.",
      },
    ],
  },
  {
    name: "generator",
    doc: "Writes texts. Call it with what to write.",
    call: { ...generate, name: "generator" },
    members: [
      {
        name: "generate",
        types: ["function"],
        function: { ...generate, isMethod: true },
        doc: "The same as calling it.",
      },
    ],
  },
  classHandle("LLMExtractor", "Extractors that ask a model.", extractorFields, "extractor"),
  classHandle("LLMGenerator", "Generators that ask a model.", generatorFields, "generator"),
];

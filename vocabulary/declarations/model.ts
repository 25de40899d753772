import type { DeclarationEntry, FieldCondition, FieldEntry, ValueEntry } from "../entries.ts";
import { reasoningFields, verbosityField } from "./sampling.ts";

const backends = {
  http: "An address outside: the host tool of the model's name sends the input there.",
  pytorch: "A PyTorch model in a file; it is not served here.",
  sklearn: "A scikit-learn model in a file; only one exported to JSON is served.",
  hf_sequence_classifier: "A classifier from Hugging Face; it is not served here.",
  llm: "A language model; gives `{response}`.",
  naive_bayes: "A text classifier, from examples in the file or an exported model.",
  registry: "A text classifier that was trained and registered.",
  ensemble: "Several models that are asked together.",
  ab_test: "One of several models, by share.",
  traffic_split: "The same as `ab_test`.",
  mock: "A fixed answer.",
};

/** What stands behind the name of an input or an output. */
const fieldType: ValueEntry = {
  types: ["text", "table"],
  suggested: ["string", "integer", "number", "boolean", "list", "object", "any"],
};

function type(...values: (keyof typeof backends)[]): FieldCondition {
  return { field: "type", values };
}

const languageModelFields: readonly FieldEntry[] = [
  {
    name: "model",
    types: ["text"],
    refersTo: "modelId",
    onlyWith: type("llm", "hf_sequence_classifier"),
    requiredThen: true,
    doc: "Name of the model.",
  },
  {
    name: "provider",
    types: ["text"],
    refersTo: "provider",
    onlyWith: type("llm"),
    doc: "Who offers the model.",
  },
  {
    name: "system_prompt",
    types: ["text"],
    default: "",
    onlyWith: type("llm"),
    doc: "The system message.",
  },
  { name: "temperature", types: ["number"], onlyWith: type("llm"), doc: "Randomness, from 0 on." },
  { name: "max_tokens", types: ["integer"], onlyWith: type("llm"), doc: "Most tokens of an answer." },
  ...[...reasoningFields, verbosityField].map((field) => ({ ...field, onlyWith: type("llm") })),
];

const fileModelFields: readonly FieldEntry[] = [
  {
    name: "path",
    types: ["text"],
    refersTo: "path",
    onlyWith: type("pytorch", "sklearn", "naive_bayes"),
    doc: "File of the model; for `naive_bayes` a JSON file (docs/models.md).",
  },
  {
    name: "device",
    types: ["text"],
    default: "cpu",
    onlyWith: type("pytorch", "hf_sequence_classifier"),
    doc: "Where it computes.",
  },
  {
    name: "labels",
    types: ["list"],
    each: { types: ["text"] },
    onlyWith: type("pytorch", "sklearn"),
    doc: "Names of the classes, in the order of the model's outputs.",
  },
  {
    name: "cache_dir",
    types: ["text"],
    onlyWith: type("pytorch", "sklearn"),
    doc: "Folder for what was fetched.",
  },
  {
    name: "revision",
    types: ["text"],
    onlyWith: type("hf_sequence_classifier"),
    doc: "Which revision of the model.",
  },
];

const naiveBayesModelFields: readonly FieldEntry[] = [
  {
    name: "examples",
    types: ["list"],
    each: { types: ["table"], isOpen: true },
    onlyWith: type("naive_bayes"),
    doc: 'What it learns from: {text = "…", label = "…"} each.',
  },
  {
    name: "alpha",
    types: ["number"],
    default: 1,
    onlyWith: type("naive_bayes"),
    doc: "How much a word counts for a label that never had it.",
  },
];

const httpModelFields: readonly FieldEntry[] = [
  {
    name: "endpoint",
    types: ["text"],
    onlyWith: type("http"),
    doc: "Address that the input is for. Where it is sent says the host tool of the model's name, in trusted config.",
  },
  {
    name: "timeout",
    types: ["number"],
    default: 30,
    onlyWith: type("http"),
    doc: "Seconds to wait for the answer.",
  },
  {
    name: "headers",
    types: ["table"],
    isOpen: true,
    each: { types: ["text"] },
    onlyWith: type("http"),
    doc: "Request headers by name. Keys and passwords don't belong here.",
  },
  {
    name: "cost_per_call",
    types: ["number"],
    onlyWith: type("http"),
    doc: "US dollars that one call counts.",
  },
];

const registryModelFields: readonly FieldEntry[] = [
  {
    name: "name",
    types: ["text"],
    onlyWith: type("registry"),
    requiredThen: true,
    doc: "Name of the model in the registry.",
  },
  { name: "version", types: ["text"], onlyWith: type("registry"), doc: "Which version of it." },
  { name: "registry_type", types: ["text"], onlyWith: type("registry"), doc: "Kind of registry." },
  { name: "registry_dir", types: ["text"], onlyWith: type("registry"), doc: "Folder of the registry." },
  { name: "tracking_uri", types: ["text"], onlyWith: type("registry"), doc: "Address of the registry." },
  { name: "region", types: ["text"], onlyWith: type("registry"), doc: "Region of the registry." },
  {
    name: "fallback",
    types: ["table"],
    isOpen: true,
    onlyWith: type("registry"),
    doc: "A model to use when the registry has none, written as its table.",
  },
];

const combinedModelFields: readonly FieldEntry[] = [
  {
    name: "members",
    types: ["list"],
    each: { types: ["table"], isOpen: true },
    onlyWith: type("ensemble"),
    doc: "The models to ask together, each written as its table.",
  },
  {
    name: "strategy",
    types: ["text"],
    default: "vote",
    values: ["vote", "average"],
    onlyWith: type("ensemble"),
    doc: "How their answers become one.",
  },
  {
    name: "arms",
    types: ["list"],
    each: { types: ["table"], isOpen: true },
    onlyWith: type("ab_test", "traffic_split"),
    doc: "The models to choose from, each written as its table.",
  },
  {
    name: "weights",
    types: ["list"],
    each: { types: ["number"] },
    onlyWith: type("ab_test", "traffic_split"),
    doc: "The share of each arm.",
  },
  {
    name: "seed",
    types: ["integer"],
    onlyWith: type("ab_test", "traffic_split"),
    doc: "Seed of the choice.",
  },
  { name: "value", types: ["any"], onlyWith: type("mock"), doc: "The fixed answer." },
];

/** `Model "name" { … }` (language.md §2.6). */
export const modelDeclaration: DeclarationEntry = {
  name: "Model",
  doc: "A model that is asked for a prediction rather than a conversation. Each call is one checkpoint.",
  example:
    'Model "mood" { type = "llm", model = "openai/gpt-4o-mini", input = {text = "string"}, output = {response = "string"} }',
  forms: ["curried", "assigned", "call"],
  phase: "both",
  firstText: "name",
  namedByVariable: true,
  handle: "model",
  parameters: [
    { name: "name", types: ["text"], required: true, refersTo: "model", doc: "Name of a declared model." },
  ],
  fields: [
    {
      name: "type",
      types: ["text"],
      required: true,
      values: Object.keys(backends),
      valueDocs: backends,
      doc: "What answers. The other fields depend on it.",
    },
    {
      name: "input",
      types: ["table"],
      isOpen: true,
      each: fieldType,
      doc: "Inputs: name = type. All of them are required.",
    },
    {
      name: "output",
      types: ["table"],
      isOpen: true,
      each: fieldType,
      doc: "Outputs: name = type. A mismatch is only a warning.",
    },
    ...languageModelFields,
    ...httpModelFields,
    ...fileModelFields,
    ...naiveBayesModelFields,
    ...registryModelFields,
    ...combinedModelFields,
    {
      name: "training",
      types: ["table"],
      isOpen: true,
      doc: "How the model is trained; nothing in a run reads it.",
    },
  ],
};

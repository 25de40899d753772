import type { FieldEntry } from "../entries.ts";
import { reasoningFields, verbosityField } from "./sampling.ts";

const modelTypeField: FieldEntry = {
  name: "model_type",
  types: ["text"],
  values: ["chat", "responses"],
  status: "declared",
  doc: "Kind of endpoint that is asked; the provider's usual one unless said.",
};

/** Settings of a model that stand in the agent itself and in its table `model`. */
const sharedFields: readonly FieldEntry[] = [
  {
    name: "temperature",
    types: ["number"],
    doc: "Randomness, from 0 on. Without it 0, or nothing at all for models that refuse one.",
  },
  {
    name: "max_tokens",
    types: ["integer"],
    doc: "Most tokens of one answer; the provider's limit unless said.",
  },
  modelTypeField,
  ...reasoningFields,
  verbosityField,
];

/** Keys of `model = {…}`. They win over the same fields of the agent. */
const modelTableFields: readonly FieldEntry[] = [
  { name: "name", types: ["text"], refersTo: "modelId", doc: "Name of the model." },
  ...sharedFields,
  { name: "top_p", types: ["number"], doc: "Only the likeliest words up to this share, 0 to 1." },
  {
    name: "seed",
    types: ["integer"],
    doc: "Asks for the same answer to the same question, where a provider can.",
  },
  {
    name: "presence_penalty",
    types: ["number"],
    doc: "Fewer words that were there before.",
  },
  {
    name: "frequency_penalty",
    types: ["number"],
    doc: "Fewer words that were there often.",
  },
  {
    name: "parallel_tool_calls",
    types: ["boolean"],
    doc: "Whether the model may ask for several tools in one answer.",
  },
];

/** Which model an agent asks, and how (language.md §2.1). */
export const agentModelFields: readonly FieldEntry[] = [
  {
    name: "provider",
    types: ["text"],
    refersTo: "provider",
    doc: "Who offers the model. Without it: the prefix of `model`, else the `default_provider` of the file or the configuration. One of them must be there.",
  },
  {
    name: "model",
    types: ["text", "table"],
    refersTo: "modelId",
    default: "gpt-4o",
    fields: modelTableFields,
    example: 'model = {name = "gpt-5-mini", reasoning_effort = "low"}',
    doc: 'The model: "gpt-4o", or with its provider "openai/gpt-4o" or "openai:gpt-4o", or a table with `name` and settings. Without it the `default_model` of the file.',
  },
  ...sharedFields,
  {
    name: "disable_streaming",
    types: ["boolean"],
    default: false,
    doc: "Asks for whole answers instead of a stream. The result is the same.",
  },
  {
    name: "request_timeout",
    types: ["number"],
    doc: "Seconds that one request to the model may take; no limit of its own unless said.",
  },
];

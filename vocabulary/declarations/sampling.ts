import type { FieldEntry } from "../entries.ts";

/** How much a reasoning model thinks, under both names that it has. */
export const reasoningFields: readonly FieldEntry[] = [
  {
    name: "reasoning_effort",
    types: ["text"],
    suggested: ["none", "minimal", "low", "medium", "high", "xhigh"],
    doc: "How much a reasoning model thinks before it answers. Not every model knows every word.",
  },
  {
    name: "openai_reasoning_effort",
    types: ["text"],
    aliasOf: "reasoning_effort",
    deprecated: "reasoning_effort",
    doc: "Older spelling of `reasoning_effort`.",
  },
];

/** How long answers are, for models that can be told. */
export const verbosityField: FieldEntry = {
  name: "verbosity",
  types: ["text"],
  suggested: ["low", "medium", "high"],
  doc: "How long the answers are, for models that can be told.",
};

/** Settings of a model that classifiers and their kin forward. */
export const samplingFields: readonly FieldEntry[] = [
  { name: "temperature", types: ["number"], doc: "Randomness, from 0 on." },
  { name: "max_tokens", types: ["integer"], doc: "Most tokens of one answer." },
  ...reasoningFields.filter(({ deprecated }) => deprecated === undefined),
  verbosityField,
];

/** The model of a classifier or its kin. */
export const modelIdField: FieldEntry = {
  name: "model",
  types: ["text"],
  refersTo: "modelId",
  doc: 'The model, as "provider/name".',
};

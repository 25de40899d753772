import type { FieldEntry, FunctionEntry, HandleEntry } from "../entries.ts";
import { method } from "./method.ts";

const input: FieldEntry = {
  name: "input",
  types: ["any"],
  required: true,
  doc: "What it is asked: a table with the declared inputs, or one value for `input`.",
};

const predict: FunctionEntry = {
  name: "model",
  doc: "Asks the model for one prediction. Inputs are checked. The call is one checkpoint.",
  parameters: [input],
  returns: ["handle"],
  returnsHandle: "prediction",
  effect: "checkpointed",
  checkpoint: "model_predict",
};

/** What `Model "name" {…}` gives back (language.md §2.6; part B §2.15). */
export const modelHandle: HandleEntry = {
  name: "model",
  doc: "A declared model. Call it for a prediction.",
  call: predict,
  members: [
    { name: "name", types: ["text"], doc: "The name that it was declared under." },
    {
      name: "predict",
      types: ["function"],
      function: { ...predict, name: "predict" },
      doc: "The same as calling it.",
    },
  ],
};

const costFields: readonly FieldEntry[] = [
  { name: "inference_cost", types: ["number"], doc: "US dollars for the prediction." },
  { name: "total_cost", types: ["number"], doc: "US dollars in all." },
  { name: "compute_time_ms", types: ["number"], doc: "Milliseconds that it took." },
  { name: "tokens_in", types: ["integer"], doc: "Tokens that were sent." },
  { name: "tokens_out", types: ["integer"], doc: "Tokens that came back." },
];

/** What a prediction gives back (part B §2.15). */
export const predictionHandle: HandleEntry = {
  name: "prediction",
  doc: "The result of a model. Any other key reads the same key of `output`.",
  isOpen: true,
  members: [
    {
      name: "output",
      types: ["any"],
      doc: "The prediction: `{response}` of a language model, `{label, confidence}` of a classifier.",
    },
    { name: "cost", types: ["table"], fields: costFields, doc: "What it cost." },
    { name: "model_version", types: ["text"], doc: "Version of the model." },
    { name: "backend_type", types: ["text"], doc: "Kind of backend that answered." },
    {
      name: "metadata",
      types: ["table"],
      doc: "Anything else: the votes of an ensemble, the arm of a test.",
    },
    method(
      "get",
      "One key of the prediction, or a default.",
      ["any"],
      [
        { name: "key", types: ["text"], required: true, doc: "Which key." },
        { name: "default", types: ["any"], doc: "Given when there is none." },
      ],
    ),
  ],
};

import { modelIdField, samplingFields } from "../declarations/sampling.ts";
import type { FieldEntry, MemberEntry, ModuleEntry } from "../entries.ts";
import { method } from "../handles/method.ts";

function maker(name: string, doc: string, fields: readonly FieldEntry[]): MemberEntry {
  return method(
    name,
    doc,
    ["handle"],
    [{ name: "config", types: ["table"], required: true, fields, doc: "What it is like." }],
    { returnsHandle: "model" },
  );
}

const llmModel = maker(
  "LLMModel",
  "Declares a model that is asked with a text and gives `{response}`. `_` and a number that counts from 1 are added to its name.",
  [
    { name: "prompt", types: ["text"], required: true, doc: "The instruction." },
    {
      name: "name",
      types: ["text"],
      default: "llm_model",
      doc: "Name of the model, without the number behind it.",
    },
    {
      name: "system_prompt",
      types: ["text"],
      doc: "The system message; the instruction unless said.",
    },
    { name: "provider", types: ["text"], refersTo: "provider", doc: "Who offers the model." },
    modelIdField,
    ...samplingFields,
  ],
);

const naiveBayesModel = maker(
  "NaiveBayesModel",
  "Declares a model that was trained; it gives `{label, confidence}`.",
  [
    { name: "name", types: ["text"], required: true, doc: "Name of the model in the registry." },
    { name: "version", types: ["text"], default: "latest", doc: "Which version of it." },
  ],
);

const sequenceClassifier = maker(
  "HFSequenceClassifierModel",
  "Declares a classifier from Hugging Face; it gives `{label, confidence}`.",
  [
    { name: "model", types: ["text"], required: true, doc: "Name of the model there." },
    { name: "name", types: ["text"], default: "hf_sequence_classifier", doc: "Name of the model here." },
    { name: "revision", types: ["text"], doc: "Which revision of it." },
    { name: "device", types: ["text"], suggested: ["cpu"], doc: "Where it computes." },
  ],
);

/** Models by kind (language.md part B §4.5). */
export const modelModules: readonly ModuleEntry[] = [
  {
    name: "tactus.models",
    doc: "Declares models by kind; each function gives what `Model` gives.",
    example:
      'local models = require("tactus.models")\nlocal mood = models.LLMModel { prompt = "Good or bad?" }',
    exports: [llmModel, naiveBayesModel, sequenceClassifier],
  },
  { name: "tactus.models.llm", doc: "Language models.", exports: [llmModel] },
  { name: "tactus.models.naive_bayes", doc: "Trained models.", exports: [naiveBayesModel] },
  {
    name: "tactus.models.hf_sequence_classifier",
    doc: "Classifiers from Hugging Face.",
    exports: [sequenceClassifier],
  },
];

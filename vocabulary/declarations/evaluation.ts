import type { DeclarationEntry, FieldEntry } from "../entries.ts";
import { evaluatorFields } from "./evaluators.ts";

const caseFields: readonly FieldEntry[] = [
  { name: "name", types: ["text"], required: true, doc: "Name of the case." },
  {
    name: "inputs",
    types: ["table"],
    required: true,
    isOpen: true,
    doc: "Inputs of the procedure.",
  },
  {
    name: "expected_output",
    types: ["table"],
    isOpen: true,
    doc: "The outputs that are right, for evaluators that compare.",
  },
  { name: "metadata", types: ["table"], isOpen: true, doc: "Anything else." },
];

const thresholdFields: readonly FieldEntry[] = [
  { name: "min_success_rate", types: ["number"], doc: "Least part of good runs, 0 to 1." },
  { name: "max_cost_per_run", types: ["number"], doc: "Most US dollars for one run." },
  { name: "max_duration", types: ["number"], doc: "Most seconds for one run." },
  { name: "max_tokens_per_run", types: ["integer"], doc: "Most tokens for one run." },
];

/** `Evaluation { … }` (language.md §2.14). */
export const evaluationDeclaration: DeclarationEntry = {
  name: "Evaluation",
  doc: "Cases and evaluators that measure the procedure over several runs. The last one of a file wins.",
  example:
    'Evaluation {\n  runs = 3,\n  dataset = {{name = "short", inputs = {topic = "tea"}}},\n  evaluators = {{type = "contains", field = "reply", value = "tea"}},\n}',
  status: "declared",
  forms: ["bare"],
  phase: "declaration",
  fields: [
    {
      name: "dataset",
      types: ["list"],
      each: { types: ["table"], fields: caseFields },
      doc: "The cases.",
    },
    {
      name: "dataset_file",
      types: ["text"],
      refersTo: "path",
      doc: "A file with cases: .jsonl, .json or .csv.",
    },
    {
      name: "evaluators",
      types: ["list"],
      each: { types: ["table"], fields: evaluatorFields },
      doc: "What is measured of each run.",
    },
    { name: "runs", types: ["integer"], default: 1, doc: "Runs of each case." },
    { name: "parallel", types: ["boolean"], default: true, doc: "Whether runs go side by side." },
    {
      name: "thresholds",
      types: ["table"],
      fields: thresholdFields,
      doc: "When the whole counts as failed.",
    },
  ],
};

/** `Evaluations { … }` (language.md §2.14). */
export const evaluationsDeclaration: DeclarationEntry = {
  ...evaluationDeclaration,
  name: "Evaluations",
  doc: "Older name of Evaluation.",
  deprecated: "Evaluation",
};

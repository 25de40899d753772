import type { DeclarationEntry } from "../entries.ts";

/** `Specification([[…]])` (language.md §2.14). */
export const specificationDeclaration: DeclarationEntry = {
  name: "Specification",
  doc: "Gherkin scenarios for this file, or where they stand.",
  status: "declared",
  forms: ["call", "bare"],
  fields: [{ name: "from", types: ["text"], doc: "File with the scenarios." }],
};

/** `Specifications([[…]])` (language.md §2.14). */
export const specificationsDeclaration: DeclarationEntry = {
  ...specificationDeclaration,
  name: "Specifications",
};

/** `Step("pattern", function(ctx, …) … end)` at the top of a file (language.md §2.14). */
export const stepDeclaration: DeclarationEntry = {
  name: "Step",
  doc: "A step of one's own for the scenarios of this file.",
  status: "declared",
  forms: ["call"],
  fields: [],
};

/** `Evaluations { … }` (language.md §2.14). */
export const evaluationsDeclaration: DeclarationEntry = {
  name: "Evaluations",
  doc: "Cases and evaluators that measure the procedure over several runs.",
  status: "declared",
  forms: ["bare"],
  fields: [
    { name: "dataset", types: ["list"], doc: "Cases: {name=, inputs=, expected_output=, metadata=}." },
    { name: "dataset_file", types: ["text"], doc: "File with cases: .jsonl, .json or .csv." },
    { name: "evaluators", types: ["list"], doc: "What measures each run." },
    { name: "runs", types: ["integer"], default: 1, doc: "Runs of each case." },
    { name: "parallel", types: ["boolean"], default: true, doc: "Whether runs go side by side." },
    {
      name: "thresholds",
      types: ["table"],
      doc: "When the whole counts as failed.",
      fields: [
        { name: "min_success_rate", types: ["number"], doc: "Least part of good runs, 0 to 1." },
        { name: "max_cost_per_run", types: ["number"], doc: "Most US dollars a run." },
        { name: "max_duration", types: ["number"], doc: "Most seconds a run." },
        { name: "max_tokens_per_run", types: ["integer"], doc: "Most tokens a run." },
      ],
    },
  ],
};

/** `Evaluation { … }` (language.md §2.14). */
export const evaluationDeclaration: DeclarationEntry = { ...evaluationsDeclaration, name: "Evaluation" };

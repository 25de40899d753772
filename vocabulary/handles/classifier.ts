import { fuzzyClassifierFields, llmClassifierFields, naiveBayesFields } from "../declarations/classify.ts";
import type { FieldEntry, FunctionEntry, HandleEntry, MemberEntry } from "../entries.ts";
import { classHandle } from "./class-handle.ts";

const text: FieldEntry = { name: "text", types: ["text"], required: true, doc: "The text to classify." };

const called: FunctionEntry = {
  name: "classifier",
  doc: "Puts a text into one of the classes. Each attempt of a model is a checkpoint.",
  parameters: [text],
  returns: ["handle"],
  returnsHandle: "classification",
  effect: "checkpointed",
  checkpoint: "model_predict",
};
const classify: FunctionEntry = { ...called, name: "classify", isMethod: true };

const resultMembers: readonly MemberEntry[] = [
  {
    name: "value",
    types: ["text"],
    doc: 'The class, as it was declared. "ERROR" when no attempt gave one, "NO_MATCH" when nothing was alike enough.',
  },
  { name: "confidence", types: ["number", "nil"], doc: "How sure it is, 0 to 1." },
  { name: "explanation", types: ["text", "nil"], doc: "Why, when the model said so." },
  { name: "retry_count", types: ["integer"], doc: "How many further attempts it took." },
  { name: "raw_response", types: ["any"], doc: "The last answer of the model." },
  { name: "matched_text", types: ["text", "nil"], doc: "What was most alike; of the method `fuzzy`." },
  { name: "error", types: ["text", "nil"], doc: 'What went wrong, when `value` is "ERROR".' },
];

/** Classifiers, their classes and results (language.md §2.12; part B §4.2). */
export const classifierHandles: readonly HandleEntry[] = [
  {
    name: "classifier",
    doc: "A classifier. Call it with a text.",
    call: called,
    members: [{ name: "classify", types: ["function"], function: classify, doc: "The same as calling it." }],
  },
  {
    name: "classification",
    doc: "The result of a classifier.",
    members: resultMembers,
  },
  classHandle("LLMClassifier", "Classifiers that ask a model.", llmClassifierFields, "classifier"),
  classHandle(
    "FuzzyMatchClassifier",
    "Classifiers that compare texts, without a model.",
    fuzzyClassifierFields,
    "classifier",
  ),
  classHandle("NaiveBayesClassifier", "Classifiers that were trained.", naiveBayesFields, "classifier"),
  {
    name: "class",
    doc: "A class: what is put into it, its objects have. `new` makes an object and calls `init` with the table.",
    isOpen: true,
    members: classHandle("class", "A class of one's own.", [], undefined).members,
  },
];

import { classifyDeclaration } from "../declarations/classify.ts";
import type { MemberEntry, ModuleEntry } from "../entries.ts";
import { method } from "../handles/method.ts";

const classMaker: MemberEntry = method(
  "class",
  "Makes a class: a table whose `new` makes objects and calls their `init`. What a base has is copied.",
  ["handle"],
  [{ name: "base", types: ["table", "handle"], handle: "class", doc: "Another class to start from." }],
  { returnsHandle: "class" },
);

function classExport(name: string, doc: string, handle = name): MemberEntry {
  return { name, types: ["handle"], handle, doc };
}

const baseClassifier = classExport("BaseClassifier", "What all classifiers have.", "class");
const llmClassifier = classExport("LLMClassifier", "Classifiers that ask a model.");
const fuzzyClassifier = classExport("FuzzyMatchClassifier", "Classifiers that compare texts.");
const naiveBayesClassifier = classExport("NaiveBayesClassifier", "Classifiers that were trained.");

const classifyFunction: MemberEntry = method(
  "Classify",
  classifyDeclaration.doc,
  ["handle"],
  [
    {
      name: "config",
      types: ["table"],
      required: true,
      fields: classifyDeclaration.fields,
      doc: "What it is like.",
    },
  ],
  { returnsHandle: "classifier" },
);

const similarity: ModuleEntry = {
  name: "tactus.text.classify.similarity",
  doc: "How alike two texts are.",
  exports: [
    method(
      "calculate_similarity",
      "Likeness of two texts, 0 to 1, without regard to case and blanks around them. An empty text is like nothing.",
      ["number"],
      [
        { name: "a", types: ["text"], required: true, doc: "One text." },
        { name: "b", types: ["text"], required: true, doc: "The other text." },
        {
          name: "algorithm",
          types: ["text"],
          default: "ratio",
          values: ["ratio", "token_set_ratio", "token_sort_ratio", "partial_ratio"],
          doc: "How it is measured.",
        },
      ],
    ),
  ],
};

const baseExtractor = classExport("BaseExtractor", "What all extractors have.", "class");
const llmExtractor = classExport("LLMExtractor", "Extractors that ask a model.");
const baseGenerator = classExport("BaseGenerator", "What all generators have.", "class");
const llmGenerator = classExport("LLMGenerator", "Generators that ask a model.");

/** Classifiers, extractors and generators (language.md part B §4.2 to §4.4). */
export const textModules: readonly ModuleEntry[] = [
  {
    name: "tactus.text.classify",
    doc: "Classifiers, made with `Class:new {…}` or `Classify {…}`.",
    example:
      'local classify = require("tactus.text.classify")\nlocal mood = classify.LLMClassifier:new { classes = {"good", "bad"}, prompt = "Good or bad?" }\nlocal answer = mood("I like it")',
    exports: [
      classifyFunction,
      baseClassifier,
      llmClassifier,
      fuzzyClassifier,
      naiveBayesClassifier,
      classMaker,
    ],
  },
  {
    name: "tactus.text.classify.base",
    doc: "What all classifiers have.",
    exports: [baseClassifier, classMaker],
  },
  {
    name: "tactus.text.classify.llm",
    doc: "Classifiers that ask a model.",
    exports: [llmClassifier],
  },
  {
    name: "tactus.text.classify.fuzzy",
    doc: "Classifiers that compare texts, without a model.",
    exports: [fuzzyClassifier],
  },
  {
    name: "tactus.text.classify.naive_bayes",
    doc: "Classifiers that were trained.",
    exports: [naiveBayesClassifier],
  },
  similarity,
  {
    name: "tactus.text.extract",
    doc: "Reads fields out of texts.",
    example:
      'local extract = require("tactus.text.extract")\nlocal reader = extract.LLMExtractor:new { fields = {total = "number"}, prompt = "An invoice." }\nlocal total = reader(text).fields.total',
    exports: [baseExtractor, llmExtractor, classMaker],
  },
  {
    name: "tactus.text.extract.base",
    doc: "What all extractors have.",
    exports: [baseExtractor, classMaker],
  },
  { name: "tactus.text.extract.llm", doc: "Extractors that ask a model.", exports: [llmExtractor] },
  {
    name: "tactus.generate",
    doc: "Writes texts from a prompt.",
    example:
      'local generate = require("tactus.generate")\nlocal writer = generate.LLMGenerator:new { output_format = "markdown" }\nlocal text = writer("A page on tea").output',
    exports: [baseGenerator, llmGenerator, classMaker],
  },
  {
    name: "tactus.generate.base",
    doc: "What all generators have.",
    exports: [baseGenerator, classMaker],
  },
  { name: "tactus.generate.llm", doc: "Generators that ask a model.", exports: [llmGenerator] },
];

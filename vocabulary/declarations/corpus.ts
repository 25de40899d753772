import type { DeclarationEntry, FieldEntry } from "../entries.ts";

const name: FieldEntry = { name: "name", types: ["text"], doc: "Must be the same as the variable." };

/** `c = module.Corpus { … }` (language.md §2.10). */
export const corpusDeclaration: DeclarationEntry = {
  name: "Corpus",
  doc: "A collection of texts to retrieve from. It is declared through a module such as `tactus.corpora.filesystem`.",
  example: 'local files = require("tactus.corpora.filesystem")\nnotes = files.Corpus { root = "notes" }',
  forms: ["assigned"],
  phase: "both",
  fromModule: true,
  namedByVariable: true,
  nameMustMatch: true,
  isOpen: true,
  handle: "corpus",
  fields: [
    { name: "corpus_root", types: ["text"], refersTo: "path", doc: "Folder of the texts." },
    {
      name: "root",
      types: ["text"],
      refersTo: "path",
      aliasOf: "corpus_root",
      doc: "Other spelling of `corpus_root`.",
    },
    {
      name: "configuration",
      types: ["table"],
      isOpen: true,
      doc: "How texts are taken out of files: `{pipeline = {extract = {…}}}`.",
    },
    name,
  ],
};

const retrieverIds = {
  "tf-vector": "Words weighted by how rare they are.",
  "sqlite-full-text-search": "Full text search, ranked as databases do (BM25).",
  "embedding-index-inmemory": "Meaning, by a model of embeddings; not available here.",
  "embedding-index-file": "Meaning, by a model of embeddings; not available here.",
};

/** `r = module.Retriever { … }` (language.md §2.10). */
export const retrieverDeclaration: DeclarationEntry = {
  name: "Retriever",
  doc: "Finds pieces of a corpus that fit a question, for the packs of a Context. It is declared through a module of `tactus.retrievers`, and offers the task `index`.",
  example:
    'local vectors = require("tactus.retrievers.tf_vector")\nsearch = vectors.Retriever { corpus = notes, limit = 5 }',
  forms: ["assigned"],
  phase: "both",
  fromModule: true,
  namedByVariable: true,
  nameMustMatch: true,
  isOpen: true,
  handle: "retriever",
  fields: [
    {
      name: "corpus",
      types: ["handle", "text"],
      required: true,
      refersTo: "corpus",
      handle: "corpus",
      doc: "Where it looks.",
    },
    {
      name: "retriever_id",
      types: ["text"],
      suggested: Object.keys(retrieverIds),
      valueDocs: retrieverIds,
      doc: "How it looks; the module sets it.",
    },
    {
      name: "retriever_type",
      types: ["text"],
      aliasOf: "retriever_id",
      doc: "Other spelling of `retriever_id`.",
    },
    { name: "limit", types: ["integer"], default: 3, doc: "Most pieces." },
    { name: "offset", types: ["integer"], default: 0, doc: "Pieces to skip." },
    { name: "maximum_total_characters", types: ["integer"], doc: "Most characters in all." },
    { name: "maximum_items_per_source", types: ["integer"], doc: "Most pieces of one source." },
    {
      name: "max_items_per_source",
      types: ["integer"],
      aliasOf: "maximum_items_per_source",
      doc: "Other spelling of `maximum_items_per_source`.",
    },
    { name: "include_metadata", types: ["boolean"], doc: "Whether metadata comes along." },
    {
      name: "metadata_fields",
      types: ["list"],
      each: { types: ["text"] },
      doc: "Which metadata come along.",
    },
    { name: "join_with", types: ["text"], doc: "What stands between pieces." },
    {
      name: "configuration",
      types: ["table"],
      isOpen: true,
      doc: "How it looks and indexes: `{pipeline = {query = {…}, index = {…}}}`. Keys of `query` may also stand beside it.",
    },
    name,
  ],
};

/** `k = Compactor { … }` (language.md §2.10). */
export const compactorDeclaration: DeclarationEntry = {
  name: "Compactor",
  doc: "Shortens what does not fit into a context; the policy of a Context names it.",
  example: 'short = Compactor { type = "truncate" }',
  forms: ["assigned"],
  phase: "both",
  namedByVariable: true,
  nameMustMatch: true,
  isOpen: true,
  handle: "compactor",
  fields: [
    {
      name: "type",
      types: ["text"],
      suggested: ["truncate", "summary"],
      valueDocs: { truncate: "Keeps the first words.", summary: "Keeps the first sentence." },
      doc: "How it shortens.",
    },
    name,
  ],
};

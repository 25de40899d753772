import type { MemberEntry, ModuleEntry } from "../entries.ts";
import { method } from "../handles/method.ts";
import { corpusMember, retrieverModuleHandle } from "../handles/retriever-module.ts";

/** Kinds of retrievers: the name in the index, the module, and what it does. */
const kinds = [
  ["TfVector", "tf_vector", "Words weighted by how rare they are."],
  ["SqliteFullTextSearch", "sqlite_full_text_search", "Full text search, ranked as databases do."],
  ["EmbeddingIndexFile", "embedding_index_file", "Meaning, by a model of embeddings; refused here."],
  ["EmbeddingIndexInMemory", "embedding_index_inmemory", "Meaning, by a model of embeddings; refused here."],
] as const;

const { members } = retrieverModuleHandle;

/** Corpora and retrievers (language.md part B §4.8). */
export const retrievalModules: readonly ModuleEntry[] = [
  {
    name: "tactus.corpora.filesystem",
    doc: "Declares a corpus of the files in a folder.",
    example: 'local files = require("tactus.corpora.filesystem")\nnotes = files.Corpus { root = "notes" }',
    exports: [corpusMember],
  },
  {
    name: "tactus.corpora.base",
    doc: "For modules that offer corpora.",
    exports: [
      method(
        "wrap_corpus",
        "Makes a `Corpus` function that fills in defaults.",
        ["function"],
        [{ name: "defaults", types: ["table"], isOpen: true, doc: "Fields that are filled in." }],
      ),
    ],
  },
  {
    name: "tactus.retrievers",
    doc: "Retrievers by kind, each with `Corpus` and `Retriever`.",
    example:
      'local retrievers = require("tactus.retrievers")\nsearch = retrievers.TfVector.Retriever { corpus = notes }',
    exports: kinds.map(
      ([name, , doc]): MemberEntry => ({
        name,
        doc,
        types: ["handle"],
        handle: "retrieverModule",
      }),
    ),
  },
  ...kinds.map(
    ([, module, doc]): ModuleEntry => ({
      name: `tactus.retrievers.${module}`,
      doc,
      exports: members,
    }),
  ),
  {
    name: "tactus.retrievers.base",
    doc: "For modules that offer retrievers.",
    exports: members,
  },
];

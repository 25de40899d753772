import type { MemberEntry, ModuleEntry } from "../entries.ts";
import { method } from "../handles/method.ts";
import { corpusMember, retrieverModuleHandle } from "../handles/retriever-module.ts";

const status = "declared";

/** Kinds of retrievers: the name in the index, the module, and what it does. */
const kinds = [
  ["TfVector", "tf_vector", "Words weighted by how rare they are."],
  ["SqliteFullTextSearch", "sqlite_full_text_search", "Full text search in a file."],
  ["EmbeddingIndexFile", "embedding_index_file", "Meaning, by an index in a file."],
  ["EmbeddingIndexInMemory", "embedding_index_inmemory", "Meaning, by an index in memory."],
] as const;

const { members } = retrieverModuleHandle;

/** Corpora and retrievers (language.md part B §4.8). */
export const retrievalModules: readonly ModuleEntry[] = [
  {
    name: "tactus.corpora.filesystem",
    doc: "Declares a corpus of the files in a folder.",
    example: 'local files = require("tactus.corpora.filesystem")\nnotes = files.Corpus { root = "notes" }',
    status,
    exports: [corpusMember],
  },
  {
    name: "tactus.corpora.base",
    doc: "For modules that offer corpora.",
    status,
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
    status,
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
      status,
      exports: members,
    }),
  ),
  {
    name: "tactus.retrievers.base",
    doc: "For modules that offer retrievers.",
    status,
    exports: members,
  },
];

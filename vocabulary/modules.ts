import type { ModuleEntry } from "./entries.ts";

function module(name: string, doc: string, names: string, status?: "declared"): ModuleEntry {
  const exports = names
    .split(" ")
    .map((exported) => ({ name: exported, types: ["any" as const], doc: `Of ${name}.` }));
  return { name, doc, exports, ...(status ? { status } : {}) };
}

const embedded = "EmbeddingIndexFile EmbeddingIndexInMemory SqliteFullTextSearch TfVector";

/** Modules of the standard library, for `require` (language.md §1.7, part B §4). */
export const standardModules: readonly ModuleEntry[] = [
  module("tactus.tools.done", "A tool that says the work is finished.", "done"),
  module("tactus.tools.log", "A tool that writes to the log.", "log"),
  module(
    "tactus.text.classify",
    "Classifiers.",
    "Classify BaseClassifier LLMClassifier FuzzyMatchClassifier NaiveBayesClassifier class",
    "declared",
  ),
  module("tactus.text.extract", "Fields out of a text.", "BaseExtractor LLMExtractor class", "declared"),
  module("tactus.generate", "Texts from a prompt.", "BaseGenerator LLMGenerator class", "declared"),
  module(
    "tactus.models",
    "Models by kind.",
    "LLMModel NaiveBayesModel HFSequenceClassifierModel",
    "declared",
  ),
  module("tactus.corpora.filesystem", "A corpus in a folder.", "Corpus", "declared"),
  module("tactus.corpora.base", "Helper for corpora.", "wrap_corpus", "declared"),
  module("tactus.retrievers", "Retrievers by kind.", embedded, "declared"),
  module(
    "tactus.web",
    "Search of the web.",
    "providers search synthesize deep_research_start deep_research_status deep_research_result",
    "declared",
  ),
  module(
    "tactus.deepgram",
    "Texts of transcripts.",
    "words_text sentences_text paragraphs_text utterances_text text segments quote enrich_timestamps",
    "declared",
  ),
  module(
    "tactus.biblicus.text",
    "Marking up a text with a model.",
    "extract slice annotate redact link strip_span_tags parse_span_markup summarize_span_context",
    "declared",
  ),
  module("tactus.io.file", "Text files.", "read write exists", "declared"),
  module("tactus.io.json", "JSON files.", "read write encode decode", "declared"),
  module("tactus.io.fs", "Lists of files.", "list_dir glob", "declared"),
  module("tactus.io.csv", "Tables with commas.", "read write", "declared"),
  module("tactus.io.tsv", "Tables with tabs.", "read write", "declared"),
  module("tactus.io.excel", "Workbooks.", "read write sheets", "declared"),
  module("tactus.io.parquet", "Parquet files.", "read write", "declared"),
  module("tactus.io.hdf5", "HDF5 files.", "read write list", "declared"),
];

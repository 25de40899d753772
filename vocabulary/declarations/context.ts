import type { DeclarationEntry, FieldEntry } from "../entries.ts";

const budgetFields: readonly FieldEntry[] = [
  { name: "ratio", types: ["number"], doc: "Part of what is there." },
  { name: "max_tokens", types: ["integer"], doc: "Most tokens." },
];

/** `x = Context { … }` (language.md §2.9). */
export const contextDeclaration: DeclarationEntry = {
  name: "Context",
  doc: "How a prompt is put together from messages, packs and retrieved text.",
  status: "declared",
  forms: ["assigned"],
  handle: "context",
  closed: true,
  fields: [
    {
      name: "messages",
      types: ["list"],
      doc: "Directives in order: system, user, assistant, context, history.",
    },
    {
      name: "packs",
      types: ["list", "handle", "text"],
      doc: "What to draw from, with weight, priority and budget.",
    },
    {
      name: "policy",
      types: ["table"],
      doc: "What happens when it does not fit.",
      fields: [
        { name: "input_budget", types: ["table"], fields: budgetFields, doc: "Budget of the whole." },
        { name: "pack_budget", types: ["table"], doc: "Budget of each pack." },
        { name: "overflow", types: ["text"], values: ["compact"], doc: "What to do with too much." },
        { name: "compactor", types: ["handle", "text", "table"], doc: "What shortens it." },
        { name: "max_iterations", types: ["integer"], doc: "How often it may be shortened." },
        { name: "expansion", types: ["table"], doc: "How more is fetched." },
      ],
    },
    { name: "input_budget", types: ["table"], fields: budgetFields, doc: "Budget of the whole." },
    { name: "budget", types: ["table"], fields: budgetFields, doc: "Other spelling of input_budget." },
    {
      name: "pack_budget",
      types: ["table"],
      doc: "Budget of each pack.",
      fields: [
        { name: "default_ratio", types: ["number"], doc: "Part for each pack." },
        { name: "default_max_tokens", types: ["integer"], doc: "Most tokens for each pack." },
      ],
    },
    {
      name: "expansion",
      types: ["table"],
      doc: "How more is fetched while there is room.",
      fields: [
        { name: "max_pages", types: ["integer"], default: 1, doc: "Most pages." },
        { name: "min_fill_ratio", types: ["number"], doc: "Goes on below this part, 0 to 1." },
      ],
    },
    { name: "name", types: ["text"], doc: "Must equal the variable." },
  ],
};

/** `c = module.Corpus { … }` (language.md §2.10). */
export const corpusDeclaration: DeclarationEntry = {
  name: "Corpus",
  doc: "A collection of texts to retrieve from.",
  status: "declared",
  forms: ["assigned"],
  handle: "corpus",
  fields: [
    { name: "corpus_root", types: ["text"], doc: "Folder of the texts." },
    { name: "root", types: ["text"], aliasOf: "corpus_root", doc: "Other spelling." },
    { name: "configuration", types: ["table"], doc: "Pipeline of extraction." },
    { name: "name", types: ["text"], doc: "Must equal the variable." },
  ],
};

/** `r = module.Retriever { … }` (language.md §2.10). */
export const retrieverDeclaration: DeclarationEntry = {
  name: "Retriever",
  doc: "Finds pieces of a corpus that fit a question.",
  status: "declared",
  forms: ["assigned"],
  handle: "retriever",
  fields: [
    { name: "corpus", types: ["handle", "text"], required: true, doc: "Where it looks." },
    { name: "retriever_id", types: ["text"], doc: "How it looks." },
    { name: "retriever_type", types: ["text"], aliasOf: "retriever_id", doc: "Other spelling." },
    { name: "limit", types: ["integer"], doc: "Most pieces." },
    { name: "offset", types: ["integer"], doc: "Pieces to skip." },
    { name: "maximum_total_characters", types: ["integer"], doc: "Most characters in all." },
    { name: "maximum_items_per_source", types: ["integer"], doc: "Most pieces of one source." },
    {
      name: "max_items_per_source",
      types: ["integer"],
      aliasOf: "maximum_items_per_source",
      doc: "Other spelling.",
    },
    { name: "include_metadata", types: ["boolean"], doc: "Whether metadata comes along." },
    { name: "metadata_fields", types: ["list"], doc: "Which metadata." },
    { name: "join_with", types: ["text"], doc: "Text between pieces." },
    { name: "configuration", types: ["table"], doc: "Pipeline of query and index." },
    { name: "name", types: ["text"], doc: "Must equal the variable." },
  ],
};

/** `k = Compactor { … }` (language.md §2.10). */
export const compactorDeclaration: DeclarationEntry = {
  name: "Compactor",
  doc: "Shortens what does not fit into a context.",
  status: "declared",
  forms: ["assigned"],
  handle: "compactor",
  fields: [
    { name: "type", types: ["text"], doc: "How it shortens." },
    { name: "name", types: ["text"], doc: "Must equal the variable." },
  ],
};

import { type LibraryModule, luaModule } from "../library-module.ts";

/** Constructors that fill defaults in: `wrap(declare, defaults)` gives `X {…}` and `X:new {…}` in one. */
const base = `
local function wrap(declare, defaults)
  local function create(config)
    local filled = {}
    for key, value in pairs(defaults or {}) do filled[key] = value end
    for key, value in pairs(config or {}) do filled[key] = value end
    return declare(filled)
  end
  local constructor = { new = function(_, config) return create(config) end }
  return setmetatable(constructor, { __call = function(_, config) return create(config) end })
end
return {
  wrap_corpus = function(defaults) return wrap(Corpus, defaults) end,
  wrap_retriever = function(defaults) return wrap(Retriever, defaults) end,
  Corpus = wrap(Corpus),
  Retriever = wrap(Retriever),
}
`;

const corpora = `
local base = require("tactus.corpora.base")
return { Corpus = base.Corpus }
`;

/** Kinds of retrievers: their name in the index, their module and their id. */
const kinds = [
  ["TfVector", "tf_vector", "tf-vector"],
  ["SqliteFullTextSearch", "sqlite_full_text_search", "sqlite-full-text-search"],
  ["EmbeddingIndexFile", "embedding_index_file", "embedding-index-file"],
  ["EmbeddingIndexInMemory", "embedding_index_inmemory", "embedding-index-inmemory"],
] as const;

function retrieverModule(name: string, id: string): LibraryModule {
  return luaModule(
    `retrievers/${name}`,
    `local base = require("tactus.retrievers.base")
     return { Corpus = base.Corpus, Retriever = base.wrap_retriever({ retriever_id = "${id}" }) }`,
  );
}

const index = `return {
${kinds.map(([name, module]) => `  ${name} = require("tactus.retrievers.${module}"),`).join("\n")}
}`;

/** Corpora and retrievers (language.md part B §4.8). */
export const retrievalModules: Readonly<Record<string, LibraryModule>> = {
  "tactus.corpora.base": luaModule("corpora/base", base),
  "tactus.corpora.filesystem": luaModule("corpora/filesystem", corpora),
  "tactus.retrievers": luaModule("retrievers", index),
  "tactus.retrievers.base": luaModule("retrievers/base", base),
  ...Object.fromEntries(
    kinds.map(([, module, id]) => [`tactus.retrievers.${module}`, retrieverModule(module, id)]),
  ),
};

import { fail, ok, type Result } from "#common/result.ts";
import { type Decoded, DecodedHandle, isDecodedTable } from "../schema/decoded.ts";
import { TableReader } from "../schema/table-reader.ts";
import {
  type CompactorDefinition,
  type CorpusDefinition,
  type RetrieverDefinition,
  type RetrieverKind,
  retrieverKinds,
} from "./context-definition.ts";

type Parsed<Definition> = Result<Definition, readonly string[]>;

const presetLimit = 3;

/** Reads the table of a corpus. */
export function parseCorpus(name: string, table: Decoded): Parsed<CorpusDefinition> {
  const reader = readerOf(table, `Corpus '${name}'`);
  const root = reader.text("corpus_root") ?? reader.text("root");
  if (root === undefined) reader.fail("root", "is required: the folder of the texts.");
  return parsed(reader, { root: root ?? "" });
}

/** Reads the table of a retriever. What `configuration.pipeline.query` says counts where the table itself says nothing. */
export function parseRetriever(name: string, table: Decoded): Parsed<RetrieverDefinition> {
  const given = isDecodedTable(table) ? table : {};
  const reader = readerOf({ ...queryOf(given), ...given }, `Retriever '${name}'`);
  const kind = readKind(reader, name);
  const corpus = reader.table["corpus"];
  const corpusName = corpus instanceof DecodedHandle ? corpus.name : corpus;
  if (typeof corpusName !== "string") reader.fail("corpus", "is required: a corpus, by handle or name.");
  return parsed(reader, {
    name,
    kind: kind ?? "tf-vector",
    corpus: String(corpusName),
    limit: reader.integer("limit", 1) ?? presetLimit,
    offset: reader.integer("offset", 0) ?? 0,
    maximumCharacters: reader.integer("maximum_total_characters", 1),
    maximumPerSource:
      reader.integer("maximum_items_per_source", 1) ?? reader.integer("max_items_per_source", 1),
    includeMetadata: reader.boolean("include_metadata") ?? false,
    joinWith: reader.text("join_with") ?? "\n\n",
  });
}

/** Reads the table of a compactor. */
export function parseCompactor(name: string, table: Decoded): Parsed<CompactorDefinition> {
  const reader = readerOf(table, `Compactor '${name}'`);
  return parsed(reader, { kind: reader.choice("type", ["truncate", "summary"]) ?? "truncate" });
}

function readKind(reader: TableReader, name: string): RetrieverKind | undefined {
  const given = reader.text("retriever_id") ?? reader.text("retriever_type");
  const kind = retrieverKinds.find((known) => known === given);
  if (given === undefined) reader.failures.push(`Missing retriever_id for retriever '${name}'.`);
  else if (!kind) reader.fail("retriever_id", `must be one of ${retrieverKinds.join(", ")}, got '${given}'.`);
  else if (kind.startsWith("embedding-")) {
    reader.fail(
      "retriever_id",
      `is '${kind}', which compares meanings by a model of embeddings; there is none here. Use tactus.retrievers.tf_vector or .sqlite_full_text_search.`,
    );
  }
  return kind;
}

function queryOf(table: { readonly [key: string]: Decoded }): { readonly [key: string]: Decoded } {
  const configuration = table["configuration"];
  const pipeline = isDecodedTable(configuration) ? configuration["pipeline"] : undefined;
  const query = isDecodedTable(pipeline) ? pipeline["query"] : undefined;
  return isDecodedTable(query) ? query : {};
}

function readerOf(table: Decoded, owner: string): TableReader {
  return new TableReader(isDecodedTable(table) ? table : {}, owner);
}

function parsed<Definition>({ failures }: TableReader, definition: Definition): Parsed<Definition> {
  return failures.length > 0 ? fail(failures) : ok(definition);
}

import { isJsonObject, type Json } from "#common/json.ts";
import type { MockBook } from "../mocks/mock-book.ts";
import { ProcedureFailure } from "../vm/procedure-failure.ts";
import type { WorkspaceFiles } from "../workspace/workspace-files.ts";
import type { CorpusDefinition, RetrieverDefinition } from "./context-definition.ts";
import { passagesOfFolder } from "./corpus-passages.ts";
import { type Passage, TextIndex } from "./text-index.ts";

export interface RetrievalsOptions {
  readonly files: WorkspaceFiles;
  readonly mocks: MockBook;
  readonly corpus: (name: string) => CorpusDefinition | undefined;
}

/** Looks things up for the contexts of a run. A corpus is read and indexed once, when it is first needed. */
export class Retrievals {
  readonly #options: RetrievalsOptions;
  readonly #indexes = new Map<string, TextIndex>();

  constructor(options: RetrievalsOptions) {
    this.#options = options;
  }

  /** One page of passages; page 0 is the first. A mock of the retriever's name answers in its place. */
  find(retriever: RetrieverDefinition, question: string, page: number): readonly Passage[] {
    const mocked = this.#options.mocks.toolAnswer(retriever.name, { query: question });
    if (mocked?.kind === "error") throw new ProcedureFailure("tool-failed", mocked.message);
    if (mocked) return page === 0 ? passagesOfMock(mocked.value) : [];
    const weighting = retriever.kind === "sqlite-full-text-search" ? "bm25" : "tf-vector";
    const found = this.index(retriever.corpus).search(question, weighting);
    const start = retriever.offset + page * retriever.limit;
    return withinBounds(found, retriever).slice(start, start + retriever.limit);
  }

  /** The index of a corpus. Throws ProcedureFailure for one that is not declared. */
  index(corpusName: string): TextIndex {
    const known = this.#indexes.get(corpusName);
    if (known) return known;
    const corpus = this.#options.corpus(corpusName);
    if (!corpus) throw new ProcedureFailure("declaration-invalid", `There is no corpus '${corpusName}'.`);
    const index = new TextIndex(passagesOfFolder(this.#options.files, corpus.root));
    this.#indexes.set(corpusName, index);
    return index;
  }
}

/** As one text for a prompt, in no more characters than the retriever allows. */
export function passagesText(
  passages: readonly Passage[],
  { includeMetadata, joinWith, maximumCharacters }: RetrieverDefinition,
): string {
  let text = "";
  for (const { source, text: passage } of passages) {
    const shown = includeMetadata && source !== "" ? `[${source}]\n${passage}` : passage;
    const longer = text === "" ? shown : `${text}${joinWith}${shown}`;
    if (longer.length > (maximumCharacters ?? Number.POSITIVE_INFINITY)) break;
    text = longer;
  }
  return text;
}

function withinBounds(
  passages: readonly Passage[],
  { maximumPerSource }: RetrieverDefinition,
): readonly Passage[] {
  if (maximumPerSource === undefined) return passages;
  const taken = new Map<string, number>();
  return passages.filter(({ source }) => {
    const count = (taken.get(source) ?? 0) + 1;
    taken.set(source, count);
    return count <= maximumPerSource;
  });
}

/** A text, or a list of texts or of tables with `text` and perhaps `source`. */
function passagesOfMock(value: Json): readonly Passage[] {
  const items = Array.isArray(value) ? value : [value];
  return items.map((item: Json) =>
    isJsonObject(item)
      ? { text: String(item["text"] ?? ""), source: String(item["source"] ?? "") }
      : { text: String(item), source: "" },
  );
}

import type { JsonObject } from "#common/json.ts";

/** How much something may take: a part of the whole, a number of tokens, or the smaller of both. */
export interface Budget {
  readonly ratio?: number;
  readonly maximumTokens?: number;
}

/** A text, or one with markers to be filled. */
export interface DirectiveText {
  readonly text: string;
  /** Present for `template(…)`: values of its own. */
  readonly variables?: JsonObject;
}

/** One part of a context, in order. */
export type Directive =
  | { readonly kind: "system"; readonly content: DirectiveText }
  | { readonly kind: "user" | "assistant"; readonly content: DirectiveText }
  | { readonly kind: "context"; readonly pack: Pack }
  | { readonly kind: "history" };

/** A retriever or another context, by name. */
export interface Pack {
  readonly name: string;
  /** Its share of the room, against the other packs. */
  readonly weight: number;
  /** Who gets room first. */
  readonly priority: number;
  readonly budget?: Budget | undefined;
}

/** Everything that a `Context {…}` declares. */
export interface ContextDefinition {
  readonly name: string;
  /** Undefined: the agent's prompt, the packs, the conversation, the message. */
  readonly directives: readonly Directive[] | undefined;
  readonly packs: readonly Pack[];
  readonly inputBudget: Budget | undefined;
  readonly packBudget: Budget | undefined;
  readonly expansion: { readonly maximumPages: number; readonly minimumFillRatio: number };
  readonly compactor: string | CompactorDefinition | undefined;
  readonly maximumIterations: number;
}

export interface CompactorDefinition {
  /** `truncate` keeps the first words, `summary` the first sentence of each paragraph. */
  readonly kind: "truncate" | "summary";
}

export interface CorpusDefinition {
  /** Folder of the texts, seen from the folder of the procedure. */
  readonly root: string;
}

/** How a retriever looks. Those that compare meanings need a model that turns texts into vectors. */
export const retrieverKinds = [
  "tf-vector",
  "sqlite-full-text-search",
  "embedding-index-inmemory",
  "embedding-index-file",
] as const;
export type RetrieverKind = (typeof retrieverKinds)[number];

export interface RetrieverDefinition {
  readonly name: string;
  readonly kind: RetrieverKind;
  readonly corpus: string;
  readonly limit: number;
  readonly offset: number;
  readonly maximumCharacters: number | undefined;
  readonly maximumPerSource: number | undefined;
  /** Whether each piece says where it comes from. */
  readonly includeMetadata: boolean;
  readonly joinWith: string;
}

import type {
  SemanticTokens,
  SemanticTokensDelta,
  SemanticTokensDeltaParams,
  SemanticTokensParams,
  SemanticTokensRangeParams,
} from "vscode-languageserver";
import { encodedTokens, tokenModifierNames, tokenTypeNames } from "#language/semantics/semantic-tokens.ts";
import { tokenEdits } from "#language/structure/token-encoding.ts";
import type { Span } from "#language/syntax/tree.ts";
import type { DocumentFeature, ProcedureContext } from "../feature.ts";

/** What was last sent for each document, so that only the difference need be sent. */
const lastSent = new Map<string, { readonly id: string; readonly data: Uint32Array }>();
let nextId = 1;

/** What each name is: a tool, an agent, a primitive, a parameter. */
export const semanticTokensFull: DocumentFeature<SemanticTokensParams, SemanticTokens> = {
  method: "textDocument/semanticTokens/full",
  capabilities: () => ({
    semanticTokensProvider: {
      legend: { tokenTypes: [...tokenTypeNames], tokenModifiers: [...tokenModifierNames] },
      full: { delta: true },
      range: true,
    },
  }),
  procedure: (context) => {
    const data = dataOf(context);
    return { resultId: remember(context.uri, data), data: [...data] };
  },
};

/** What has changed since the tokens that the client has. */
export const semanticTokensDelta: DocumentFeature<
  SemanticTokensDeltaParams,
  SemanticTokens | SemanticTokensDelta
> = {
  method: "textDocument/semanticTokens/full/delta",
  capabilities: () => ({}),
  procedure: (context, { previousResultId }) => {
    const previous = lastSent.get(context.uri);
    const data = dataOf(context);
    const resultId = remember(context.uri, data);
    if (previous?.id !== previousResultId) return { resultId, data: [...data] };
    const edits = tokenEdits(previous.data, data).map((edit) => ({ ...edit, data: [...(edit.data ?? [])] }));
    return { resultId, edits };
  },
};

/** The tokens of what is in sight. */
export const semanticTokensRange: DocumentFeature<SemanticTokensRangeParams, SemanticTokens> = {
  method: "textDocument/semanticTokens/range",
  capabilities: () => ({}),
  procedure: (context, { range }) => {
    const start = context.positions.offsetAt(range.start);
    const end = context.positions.offsetAt(range.end);
    return { data: [...dataOf(context, { start, end })] };
  },
};

function dataOf({ file, positions }: ProcedureContext, span?: Span): Uint32Array {
  return encodedTokens(file, (offset) => positions.positionAt(offset), span);
}

function remember(uri: string, data: Uint32Array): string {
  const id = String(nextId++);
  lastSent.set(uri, { id, data });
  return id;
}

import type {
  SemanticTokens,
  SemanticTokensDelta,
  SemanticTokensDeltaParams,
  SemanticTokensParams,
  SemanticTokensRangeParams,
} from "vscode-languageserver";
import type { ProcedureFile } from "#language/semantics/procedure-file.ts";
import { semanticTokens } from "#language/semantics/semantic-tokens.ts";
import { loadSpecificationParser } from "#language/semantics/specification-parser.ts";
import { hasSpecification } from "#language/semantics/specification-steps.ts";
import { encodeTokens, tokenEdits } from "#language/structure/token-encoding.ts";
import { tokenModifiers, tokenTypes } from "#language/structure/token-legend.ts";
import type { Span } from "#language/syntax/tree.ts";
import type { DocumentFeature, ProcedureContext } from "../feature.ts";
import { negotiatedEncoding } from "../position-encoding.ts";

/** What was last sent for each document, so that only the difference need be sent. */
const lastSent = new WeakMap<ProcedureFile, { readonly id: string; readonly data: Uint32Array }>();
let nextId = 1;

/** What each name is: a tool, an agent, a primitive, a parameter, a part of a prompt or of a step. */
export const semanticTokensFull: DocumentFeature<SemanticTokensParams, SemanticTokens> = {
  method: "textDocument/semanticTokens/full",
  capabilities: () => ({
    semanticTokensProvider: {
      legend: { tokenTypes: [...tokenTypes], tokenModifiers: [...tokenModifiers] },
      full: { delta: true },
      range: true,
    },
  }),
  procedure: async (context) => {
    const data = await dataOf(context);
    return { resultId: remember(context.file, data), data: [...data] };
  },
};

/** What has changed since the tokens that the client has. */
export const semanticTokensDelta: DocumentFeature<
  SemanticTokensDeltaParams,
  SemanticTokens | SemanticTokensDelta
> = {
  method: "textDocument/semanticTokens/full/delta",
  capabilities: () => ({}),
  procedure: async (context, { previousResultId }) => {
    const data = await dataOf(context);
    const previous = lastSent.get(context.file);
    const resultId = remember(context.file, data);
    if (previous?.id !== previousResultId) return { resultId, data: [...data] };
    const edits = tokenEdits(previous.data, data).map((edit) => ({ ...edit, data: [...(edit.data ?? [])] }));
    return { resultId, edits };
  },
};

/** The tokens of what is in sight. */
export const semanticTokensRange: DocumentFeature<SemanticTokensRangeParams, SemanticTokens> = {
  method: "textDocument/semanticTokens/range",
  capabilities: () => ({}),
  procedure: async (context, { range }) => {
    const start = context.positions.offsetAt(range.start);
    const end = context.positions.offsetAt(range.end);
    return { data: [...(await dataOf(context, { start, end }))] };
  },
};

async function dataOf({ file, positions, client }: ProcedureContext, part?: Span): Promise<Uint32Array> {
  if (hasSpecification(file)) await loadSpecificationParser();
  const units = (start: number, end: number): number =>
    positions.positionAt(end).character - positions.positionAt(start).character;
  const isUtf16 = negotiatedEncoding(client) === "utf-16";
  return encodeTokens(semanticTokens(file, part), file.lines, isUtf16 ? undefined : units);
}

function remember(file: ProcedureFile, data: Uint32Array): string {
  const id = String(nextId++);
  lastSent.set(file, { id, data });
  return id;
}

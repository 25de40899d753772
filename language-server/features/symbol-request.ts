import type { Location, LocationLink, Position } from "vscode-languageserver";
import { loadSpecificationParser } from "#language/semantics/specification-parser.ts";
import type { SymbolAt } from "#language/semantics/symbol-target.ts";
import { symbolAt } from "#language/semantics/symbols.ts";
import type { Place } from "#language/semantics/types.ts";
import type { Span } from "#language/syntax/tree.ts";
import type { ProcedureContext, ServerContext } from "../feature.ts";

/** The symbol at a position of a document. */
export async function symbolAtPosition(
  context: ProcedureContext,
  position: Position,
): Promise<SymbolAt | undefined> {
  const offset = context.positions.offsetAt(position);
  // Steps of specifications are symbols too; the parser is loaded by the first who asks.
  await loadSpecificationParser();
  return symbolAt(context.file, offset);
}

/** A place of any file that is known, as a location; undefined when the file has moved on since. */
export function locationOf(context: ServerContext, { statement, span }: Place): Location | undefined {
  const positions = statement.isCurrent ? context.positionsOf(statement.uri) : undefined;
  return positions && { uri: statement.uri, range: positions.range(span, statement.offset) };
}

/** Locations as links with the range that they were asked from, for clients that take them. */
export function asLinks(
  context: ProcedureContext,
  origin: Span & { readonly base: number },
  locations: readonly Location[],
  isSupported: boolean | undefined,
): Location[] | LocationLink[] {
  if (!isSupported) return [...locations];
  const originSelectionRange = context.positions.range(origin, origin.base);
  return locations.map(({ uri, range }) => ({
    targetUri: uri,
    targetRange: range,
    targetSelectionRange: range,
    originSelectionRange,
  }));
}

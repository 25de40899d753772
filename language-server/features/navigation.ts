import type {
  ClientCapabilities,
  DeclarationParams,
  DefinitionParams,
  ImplementationParams,
  Location,
  LocationLink,
  TypeDefinitionParams,
} from "vscode-languageserver";
import {
  declarationPlaces,
  definitionPlaces,
  implementationPlaces,
  typePlaces,
} from "#language/semantics/definitions.ts";
import type { ProcedureFile } from "#language/semantics/procedure-file.ts";
import type { SymbolAt } from "#language/semantics/symbols.ts";
import type { Place } from "#language/semantics/types.ts";
import type { DocumentFeature, ProcedureContext } from "../feature.ts";
import { asLinks, locationOf, symbolAtPosition } from "./symbol-request.ts";

type Answer = Location[] | LocationLink[] | null;
type Find = (file: ProcedureFile, symbol: SymbolAt, project: ProcedureContext["project"]) => readonly Place[];
type LinkSupport = (client: ClientCapabilities["textDocument"]) => boolean | undefined;

/** Where a name is defined: its variable, its declaration, the file of a module. */
export const definition: DocumentFeature<DefinitionParams, Answer> = {
  method: "textDocument/definition",
  capabilities: () => ({ definitionProvider: true }),
  procedure: answer(definitionPlaces, (client) => client?.definition?.linkSupport),
};

/** Where a name is declared first. */
export const declaration: DocumentFeature<DeclarationParams, Answer> = {
  method: "textDocument/declaration",
  capabilities: () => ({ declarationProvider: true }),
  procedure: answer(declarationPlaces, (client) => client?.declaration?.linkSupport),
};

/** The schema, the class or the declaration that a value has its fields from. */
export const typeDefinition: DocumentFeature<TypeDefinitionParams, Answer> = {
  method: "textDocument/typeDefinition",
  capabilities: () => ({ typeDefinitionProvider: true }),
  procedure: answer(typePlaces, (client) => client?.typeDefinition?.linkSupport),
};

/** The function behind a tool, a procedure or a step. */
export const implementation: DocumentFeature<ImplementationParams, Answer> = {
  method: "textDocument/implementation",
  capabilities: () => ({ implementationProvider: true }),
  procedure: answer(implementationPlaces, (client) => client?.implementation?.linkSupport),
};

function answer(
  find: Find,
  linkSupport: LinkSupport,
): (context: ProcedureContext, params: DefinitionParams) => Answer {
  return (context, { position }) => {
    const symbol = symbolAtPosition(context, position);
    if (!symbol) return null;
    const fileOfModule = moduleLocation(context, symbol);
    const locations =
      fileOfModule ??
      find(context.file, symbol, context.project).flatMap((place) => locationOf(context, place) ?? []);
    const origin = { ...symbol.span, base: symbol.model.offset };
    return locations.length > 0
      ? asLinks(context, origin, locations, linkSupport(context.client.textDocument))
      : null;
  };
}

/** `require` leads to the start of its file. */
function moduleLocation(context: ProcedureContext, { target }: SymbolAt): Location[] | undefined {
  if (target.kind !== "module") return undefined;
  const module = context.project.module(context.uri, target.name);
  if (module.kind !== "file") return [];
  const start = { line: 0, character: 0 };
  return [{ uri: module.uri, range: { start, end: start } }];
}

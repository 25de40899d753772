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
import type { SymbolAt } from "#language/semantics/symbol-target.ts";
import type { Place } from "#language/semantics/types.ts";
import type { DocumentFeature, ProcedureContext } from "../feature.ts";
import { configDefinitions } from "./config-places.ts";
import { fileBeside } from "./file-beside.ts";
import { asLinks, locationOf, symbolAtPosition } from "./symbol-request.ts";

type Answer = Location[] | LocationLink[] | null;
type Find = (file: ProcedureFile, symbol: SymbolAt, project: ProcedureContext["project"]) => readonly Place[];
type LinkSupport = (client: ClientCapabilities["textDocument"]) => boolean | undefined;

/** Where a name is defined: its variable, its declaration, the file of a module, its key in the configuration. */
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
): (context: ProcedureContext, params: DefinitionParams) => Promise<Answer> {
  return async (context, { position }) => {
    const symbol = await symbolAtPosition(context, position);
    if (!symbol) return null;
    const places = find(context.file, symbol, context.project);
    const found = places.flatMap((place) => locationOf(context, place) ?? []);
    const locations = found.length > 0 ? found : await elsewhere(context, symbol);
    const origin = { ...symbol.span, base: symbol.model.offset };
    return locations.length > 0
      ? asLinks(context, origin, locations, linkSupport(context.client.textDocument))
      : null;
  };
}

/** What stands in no `.tac` text: the file of a module or a path, a key of the configuration. */
async function elsewhere(context: ProcedureContext, { target }: SymbolAt): Promise<Location[]> {
  if (target.kind === "module") {
    const module = context.project.module(context.uri, target.name);
    return module.kind === "file" ? [startOf(module.uri)] : [];
  }
  if (target.kind === "external" && (target.reference === "path" || target.name.startsWith("./"))) {
    const uri = await fileBeside(context, target.name);
    return uri === undefined ? [] : [startOf(uri)];
  }
  return configDefinitions(context, target);
}

function startOf(uri: string): Location {
  const start = { line: 0, character: 0 };
  return { uri, range: { start, end: start } };
}

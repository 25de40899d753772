import type { Location } from "vscode-languageserver";
import { configUrisFor } from "#language/project/configuration-uris.ts";
import { mainProcedure } from "#language/semantics/main-procedure.ts";
import type { ProcedureFile } from "#language/semantics/procedure-file.ts";
import { nameOf, type SymbolTarget } from "#language/semantics/symbol-target.ts";
import type { Place } from "#language/semantics/types.ts";
import type { YamlDocument } from "#language/sidecar/yaml-document.ts";
import type { Span } from "#language/syntax/tree.ts";
import type { ProcedureContext, ServerContext } from "../feature.ts";

/** Where the configuration around a file defines what a text of it names, the nearest file first. */
export async function configDefinitions(
  context: ProcedureContext,
  target: SymbolTarget,
): Promise<Location[]> {
  const paths = definingPaths(target);
  if (paths.length === 0) return [];
  const uris = configUrisFor(context.uri, context.folders).toReversed();
  const found = await Promise.all(
    uris.map((uri) => placesIn(context, uri, (document) => keysAt(document, paths))),
  );
  return found.flat();
}

/** Where the sidecars of these files name what is declared in them: inputs, and toolsets that agents get by default. */
export async function sidecarNames(
  context: ServerContext,
  files: readonly ProcedureFile[],
  target: SymbolTarget,
): Promise<Location[]> {
  const found = await Promise.all(
    files.map((file) =>
      placesIn(context, `${file.uri}.yml`, (document) => [
        ...(isRunInput(file, target) ? keysAt(document, [["inputs", target.name]]) : []),
        ...(isToolset(files, target) ? itemsAt(document, ["default_toolsets"], nameOf(target)) : []),
      ]),
    ),
  );
  return found.flat();
}

type Path = readonly string[];

/** The keys that define it. */
function definingPaths(target: SymbolTarget): Path[] {
  if (target.kind === "global" && target.reference) return [["mcp_servers", target.name]];
  if (target.kind !== "external") return [];
  const { reference, name } = target;
  switch (reference) {
    case "provider":
      return [["providers", name]];
    case "mcpServer":
      return [["mcp_servers", name]];
    case "hostTool":
      return [["host_tools", "tools", name]];
    case "toolSource": {
      const [from, ...rest] = name.split(".");
      if (from === "mcp") return [["mcp_servers", rest[0] ?? ""]];
      return from === "broker" ? [["host_tools", "tools", rest.join(".")]] : [];
    }
    default:
      return [];
  }
}

/** A name that one of these files declares a tool or a toolset under. */
function isToolset(files: readonly ProcedureFile[], target: SymbolTarget): boolean {
  if (target.kind !== "global") return false;
  return files.some(({ types }) =>
    types
      .sites()
      .some(
        ({ site }) => (site.kind === "Toolset" || site.kind === "Tool") && site.name?.text === target.name,
      ),
  );
}

/** Whether it is an input of the procedure that a run of the file starts. */
function isRunInput(
  file: ProcedureFile,
  target: SymbolTarget,
): target is Extract<SymbolTarget, { kind: "member" }> {
  if (target.kind !== "member" || !target.member.place) return false;
  const main = mainProcedure(file.types);
  const schema = main && file.types.schemaOf(main.model, main.site, "input");
  return [...(schema ? [schema] : []), ...file.types.scriptSchemas("input")].some(({ fields }) =>
    fields.some(({ place }) => isSamePlace(place, target.member.place)),
  );
}

function isSamePlace(first: Place, second: Place | undefined): boolean {
  return first.statement === second?.statement && first.span.start === second.span.start;
}

async function placesIn(
  { textOf, positionsOf }: ServerContext,
  uri: string,
  find: (document: YamlDocument) => readonly Span[],
): Promise<Location[]> {
  const text = textOf(uri);
  const positions = positionsOf(uri);
  if (text === undefined || !positions) return [];
  const { parseYamlDocument } = await import("#language/sidecar/yaml-document.ts");
  return find(parseYamlDocument(text)).map((span) => ({
    uri,
    range: positions.range(withoutQuotes(text, span)),
  }));
}

function keysAt(document: YamlDocument, paths: readonly Path[]): Span[] {
  return paths.filter((path) => hasKey(document, path)).map((path) => document.keySpan(path));
}

function hasKey(document: YamlDocument, path: Path): boolean {
  const parent = document.nodeAt(path.slice(0, -1));
  return parent?.kind === "mapping" && parent.entries.some(({ name }) => name === path.at(-1));
}

function itemsAt(document: YamlDocument, path: Path, value: string): Span[] {
  const list = document.nodeAt(path);
  if (list?.kind !== "list") return [];
  return list.items.flatMap((item) => (item?.kind === "scalar" && item.value === value ? [item] : []));
}

function withoutQuotes(text: string, { start, end }: Span): Span {
  const quote = text[start];
  const isQuoted = (quote === '"' || quote === "'") && text[end - 1] === quote && end - start > 1;
  return isQuoted ? { start: start + 1, end: end - 1 } : { start, end };
}

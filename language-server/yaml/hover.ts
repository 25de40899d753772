import type { Hover, Position } from "vscode-languageserver";
import { inlineCode, plainText, shortCode } from "#language/semantics/markdown.ts";
import type { ConfigPath } from "#language/sidecar/config-path.ts";
import { cursorPlace } from "#language/sidecar/cursor-place.ts";
import { type PlacedPath, pathAt } from "#language/sidecar/document-path.ts";
import { keyEntryAt } from "#language/sidecar/schema-words.ts";
import type { YamlDocument } from "#language/sidecar/yaml-document.ts";
import type { ConfigKey } from "#vocabulary/config-key.ts";
import { markup } from "../features/markup.ts";
import { layeredText } from "./layered-text.ts";
import type { YamlContext } from "./yaml-context.ts";

/** What a key does, in plain words; its default; which file wins and what its value is in the end. */
export function yamlHover(document: YamlDocument, position: Position, context: YamlContext): Hover | null {
  const offset = context.positions.offsetAt(position);
  const place = pathAt(document, offset) ?? pathByText(document, offset, context);
  const key = place && keyEntryAt(place.path);
  if (!place || !key || (key.onlyIn && key.onlyIn !== context.kind)) return null;
  const paragraphs = [
    head(key, place.path),
    [key.doc, key.effect].filter((sentence) => sentence !== undefined).join(" "),
    inputText(place.path, context),
    trustText(key, context),
    layeredText(place.path, document, context),
  ];
  const value = paragraphs.filter((text) => text !== undefined && text !== "").join("\n\n");
  return { contents: markup(value, undefined), range: context.positions.range(place.span) };
}

/** Where no tree tells, what the lines around tell. */
function pathByText(document: YamlDocument, offset: number, { kind }: YamlContext): PlacedPath | undefined {
  const place = cursorPlace(document, offset, kind);
  if (!place) return undefined;
  const word = document.text.slice(place.replace.start, place.replace.end);
  if (word === "") return undefined;
  const path = place.role === "key" ? [...place.path, word] : place.path;
  return { path, on: place.role, span: place.replace };
}

/** The key, what it takes, and its default. */
function head({ type, default: whenAbsent, values }: ConfigKey, path: ConfigPath): string {
  const kinds: Readonly<Record<ConfigKey["type"], string>> = {
    text: "text",
    texts: "list of texts",
    boolean: "true or false",
    number: "number",
    integer: "whole number",
    size: "size",
    seconds: "seconds",
    mapping: "mapping",
    any: "any value",
  };
  const keys = path.filter((step) => typeof step === "string").join(".");
  const shown = values ? `one of ${values.map((value) => inlineCode(value)).join(", ")}` : kinds[type];
  const usual = whenAbsent === undefined ? "" : ` · default ${inlineCode(String(whenAbsent))}`;
  return `**${shortCode(keys, 120)}** · ${shown}${usual}`;
}

/** What the procedure says of the input that a sidecar gives a value to. */
function inputText(path: ConfigPath, { procedure }: YamlContext): string | undefined {
  if (path[0] !== "inputs" || path.length < 2 || !procedure) return undefined;
  const input = procedure.inputs.find(({ name }) => name === path[1]);
  if (!input) return `${inlineCode(procedure.file)} declares no such input.`;
  const facts = [
    input.required ? `required ${input.type}` : input.type,
    ...(input.values ? [`one of ${input.values.map((value) => JSON.stringify(value)).join(", ")}`] : []),
    ...(input.default === undefined ? [] : [`default ${JSON.stringify(input.default)}`]),
  ];
  const about = input.description === "" ? "" : ` ${plainText(input.description)}`;
  return `Input of ${inlineCode(procedure.file)}: ${shortCode(facts.join(", "), 160)}.${about}`;
}

/** What a folder may not set by itself. In one's own config nothing takes a grant. */
function trustText(
  { trust, ownConfigOnly, withoutEffect }: ConfigKey,
  context: YamlContext,
): string | undefined {
  const own = context.layers?.find(({ uri }) => uri === context.uri)?.isOwn ?? false;
  if (withoutEffect !== undefined || own) return undefined;
  if (ownConfigOnly)
    return "Only your own config may set this: in the file of a folder it is left out, grant or not.";
  return trust === "widens"
    ? "From a folder's file it takes a grant as far as it goes beyond the safe defaults."
    : undefined;
}

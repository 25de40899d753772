import { CompletionItemKind } from "vscode-languageserver";
import type { Json } from "#common/json.ts";
import { inlineCode, plainText } from "#language/semantics/markdown.ts";
import type { CursorPlace } from "#language/sidecar/bare-place.ts";
import type { ConfigPath } from "#language/sidecar/config-path.ts";
import {
  builtInHostTools,
  knownHostTools,
  knownProviders,
  knownToolsets,
} from "#language/sidecar/known-names.ts";
import { entriesAt, textAt, textsAt } from "#language/sidecar/rules/config-rule.ts";
import { keyEntryAt, placeKindAt } from "#language/sidecar/schema-words.ts";
import type { YamlDocument } from "#language/sidecar/yaml-document.ts";
import type { ConfigKey } from "#vocabulary/config-key.ts";
import { providers } from "#vocabulary/providers.ts";
import type { Suggestion } from "./suggestion.ts";
import type { YamlContext } from "./yaml-context.ts";

/** Values that fit at a place: the only ones it may have, names that are defined, usual ones. */
export function valueSuggestions(
  place: CursorPlace,
  document: YamlDocument,
  context: YamlContext,
): Suggestion[] {
  const key = keyEntryAt(place.path);
  if (!key || (key.onlyIn && key.onlyIn !== context.kind)) return [];
  if (place.path[0] === "inputs") return inputValues(place, context);
  const taken = takenItems(place, document);
  const fitting = [...choices(key, place, context), ...names(key, document, context), ...usualValues(key)];
  const seen = new Set<string>();
  return fitting.flatMap((suggestion) => {
    if (taken.has(suggestion.label) || seen.has(suggestion.label)) return [];
    seen.add(suggestion.label);
    return [written(suggestion, place, key, context)];
  });
}

/** Texts that could be read as something else are quoted; an only item gets its brackets. */
function written(
  suggestion: Suggestion,
  { isQuoted, isFlow, path }: CursorPlace,
  key: ConfigKey,
  { kind }: YamlContext,
): Suggestion {
  const text = suggestion.insert ?? suggestion.label;
  const isTyped = ["boolean", "seconds", "integer", "number"].includes(key.type);
  const isSize = key.type === "size" && /^\d+[bkmg]$/.test(text);
  const isPlain = isFlow ? /^[A-Za-z_.~/][\w./~@-]*$/ : /^[A-Za-z_.~/][\w./~@:-]*[\w/]$|^[A-Za-z]$/;
  const insert = isQuoted || isTyped || isSize || isPlain.test(text) ? text : JSON.stringify(text);
  return { ...suggestion, insert: placeKindAt(path, kind) === "list" ? `[${insert}]` : insert };
}

/** The only values that there are. */
function choices(key: ConfigKey, { path }: CursorPlace, { kind }: YamlContext): Suggestion[] {
  const isFlag = placeKindAt(path, kind) === "boolean" || key.type === "boolean";
  const values = isFlag ? ["true", "false"] : (key.values ?? []);
  const itemKind = isFlag ? CompletionItemKind.Keyword : CompletionItemKind.EnumMember;
  return values.map((label) => ({
    label,
    kind: itemKind,
    ...(String(key.default) === label && { detail: "default" }),
    rank: 2,
  }));
}

/** Examples of names are none of the names that there are. */
function usualValues(key: ConfigKey): Suggestion[] {
  if (key.refersTo !== undefined && !["network", "modelId"].includes(key.refersTo)) return [];
  const sizes = key.type === "size" ? ["512m", "1g", "2g", "4g"] : [];
  const network = key.refersTo === "network" ? ["none"] : [];
  const examples = (key.examples ?? []).flatMap(exampleTexts);
  const usual = key.default === undefined ? [] : [String(key.default)];
  return [...new Set([...network, ...usual, ...sizes, ...examples])].map((label) => ({
    label,
    kind: CompletionItemKind.Value,
    ...(String(key.default) === label ? { detail: "default", rank: 2 } : { rank: 6 }),
  }));
}

/** Of lists their items; mappings are no values to pick. */
function exampleTexts(example: unknown): string[] {
  if (Array.isArray(example)) return example.flatMap(exampleTexts);
  return typeof example === "object" ? [] : [String(example)];
}

/** Names of a kind, with where each comes from. */
function names({ refersTo }: ConfigKey, document: YamlDocument, context: YamlContext): Suggestion[] {
  const { layers = [], procedure } = context;
  const documents = [document, ...layers.map((layer) => layer.document)];
  const sources = { documents, ...(procedure && { procedure }) };
  const reference = (label: string, kind: CompletionItemKind, doc?: string): Suggestion => ({
    label,
    kind,
    rank: 3,
    ...(doc !== undefined && { doc }),
  });
  switch (refersTo) {
    case "provider":
      return [...knownProviders(sources)].map((name) =>
        reference(name, CompletionItemKind.Module, providers.find((each) => each.name === name)?.doc),
      );
    case "toolset":
      return [...knownToolsets(sources)].map((name) => reference(name, CompletionItemKind.Class));
    case "hostTool":
      return [...knownHostTools(sources), ...neededTools(context)].map((name) =>
        reference(name, CompletionItemKind.Function, toolDoc(name, document, context)),
      );
    case "modelId":
      return modelIds(document, context).map((name) => reference(name, CompletionItemKind.Value));
    default:
      return [];
  }
}

/** Not declared by anybody yet, but called by the procedure. */
function neededTools({ procedure }: YamlContext): string[] {
  return (procedure?.needs ?? []).flatMap(({ kind, name }) => (kind === "host tool" ? [name] : []));
}

/** The words of its declaration, and what would run. */
function toolDoc(name: string, document: YamlDocument, { layers = [] }: YamlContext): string | undefined {
  if (builtInHostTools.includes(name)) return "Gives back what it is given; always allowed.";
  for (const each of [document, ...layers.map((layer) => layer.document)]) {
    const path = ["host_tools", "tools", name];
    const description = textAt(each, [...path, "description"])?.text;
    const action = actionText(each, path);
    if (action === undefined) continue;
    return `${description === undefined ? "" : `${plainText(description)} `}${inlineCode(action)}`;
  }
  return undefined;
}

/** What a declared tool runs or reaches. */
function actionText(document: YamlDocument, path: ConfigPath): string | undefined {
  const command = textsAt(document, [...path, "command"]).map(({ text }) => text);
  if (command.length > 0) return command.join(" ");
  const url = textAt(document, [...path, "request", "url"])?.text;
  const method = textAt(document, [...path, "request", "method"])?.text ?? "GET";
  if (url !== undefined) return `${method} ${url}`;
  return (textAt(document, [...path, "editor_command"]) ?? textAt(document, [...path, "module"]))?.text;
}

/** Models that are known, and those that any layer has a price for. */
function modelIds(document: YamlDocument, { models = [], layers = [] }: YamlContext): string[] {
  const priced = [document, ...layers.map((layer) => layer.document)].flatMap((each) =>
    entriesAt(each, ["providers"]).flatMap(({ name }) =>
      entriesAt(each, ["providers", name, "prices"]).map((model) => model.name),
    ),
  );
  return [...new Set([...models, ...priced])];
}

/** What a list holds already, the item under the cursor excepted. */
function takenItems({ path, replace }: CursorPlace, document: YamlDocument): ReadonlySet<string> {
  if (typeof path.at(-1) !== "number") return new Set();
  const items = textsAt(document, path.slice(0, -1)).filter(
    ({ node }) => node.end < replace.start || node.start > replace.end,
  );
  return new Set(items.map(({ text }) => text));
}

/** What the procedure says that an input may be. */
function inputValues({ path, isQuoted }: CursorPlace, { procedure }: YamlContext): Suggestion[] {
  const input = path.length === 2 ? procedure?.inputs.find(({ name }) => name === path[1]) : undefined;
  if (!input) return [];
  const values: readonly Json[] = input.values ?? (input.type === "boolean" ? [true, false] : []);
  const usual = input.default === undefined || values.includes(input.default) ? [] : [input.default];
  return [...values, ...usual].map((value) => {
    const isText = typeof value === "string";
    const isPlain =
      isText && /^[A-Za-z][\w-]*$/.test(value) && !/^(true|false|null|yes|no|on|off)$/i.test(value);
    const insert = isText && (isPlain || isQuoted) ? value : JSON.stringify(value);
    return {
      label: isText ? value : JSON.stringify(value),
      kind: CompletionItemKind.EnumMember,
      insert,
      ...(value === input.default && { detail: "default" }),
    };
  });
}

import { CompletionItemKind } from "vscode-languageserver";
import { plainText } from "#language/semantics/markdown.ts";
import type { CursorPlace } from "#language/sidecar/bare-place.ts";
import type { ConfigPath } from "#language/sidecar/config-path.ts";
import type { ProcedureInput } from "#language/sidecar/procedure-facts.ts";
import { entriesAt, textsAt } from "#language/sidecar/rules/config-rule.ts";
import { keyEntryAt, knownKeys, placeKindAt, requiredKeys } from "#language/sidecar/schema-words.ts";
import type { YamlDocument } from "#language/sidecar/yaml-document.ts";
import type { ConfigKey } from "#vocabulary/config-key.ts";
import type { Suggestion } from "./suggestion.ts";
import type { YamlContext } from "./yaml-context.ts";

/** The keys that may stand at a place and do not stand there yet, those first that must. */
export function keySuggestions(
  place: CursorPlace,
  document: YamlDocument,
  context: YamlContext,
): Suggestion[] {
  const { path, taken } = place;
  const required = new Set(requiredKeys(path, context.kind));
  const known = knownKeys(path, context.kind).flatMap((name): Suggestion[] => {
    const key = keyEntryAt([...path, name]);
    if (taken.has(name) || !key) return [];
    return [{ ...keySuggestion(name, key, place, context), rank: required.has(name) ? 1 : 5 }];
  });
  return [...known, ...chosenNames(place, document, context).filter(({ label }) => !taken.has(label))];
}

/** A key with its type, its default and what it does. */
function keySuggestion(name: string, key: ConfigKey, place: CursorPlace, context: YamlContext): Suggestion {
  const usual = key.default === undefined ? "" : ` = ${key.default}`;
  return {
    label: name,
    kind: CompletionItemKind.Property,
    detail: `${key.values?.join(" | ") ?? key.type}${usual}`,
    doc: [key.doc, key.effect, ...(key.ownConfigOnly ? ["Only your own config may set it."] : [])]
      .filter((sentence) => sentence !== undefined)
      .join(" "),
    ...insertion(name, [...place.path, name], key, place, context),
  };
}

/** What is written for a key, so that its value can be typed at once. */
function insertion(
  name: string,
  path: ConfigPath,
  key: ConfigKey | undefined,
  { hasColon, isFlow, isQuoted }: CursorPlace,
  { kind }: YamlContext,
): Pick<Suggestion, "insert" | "snippet"> {
  if (hasColon || isQuoted) return { insert: name };
  const place = placeKindAt(path, kind);
  if (place === "mapping" || place === "names")
    return isFlow
      ? { insert: `${name}: {}`, snippet: `${plain(name)}: { $0 }` }
      : { insert: `${name}:\n  `, snippet: `${plain(name)}:\n  $0` };
  if (place === "list")
    return isFlow
      ? { insert: `${name}: []`, snippet: `${plain(name)}: [$0]` }
      : { insert: `${name}:\n  - `, snippet: `${plain(name)}:\n  - $0` };
  const choices = place === "boolean" || key?.type === "boolean" ? ["true", "false"] : (key?.values ?? []);
  if (choices.length > 1)
    return { insert: `${name}: `, snippet: `${plain(name)}: \${1|${choices.map(choice).join(",")}|}` };
  const usual = key?.default;
  return {
    insert: `${name}: `,
    snippet: usual === undefined ? `${plain(name)}: $0` : `${plain(name)}: \${1:${plain(String(usual))}}`,
  };
}

/** In a snippet these letters have a meaning. */
function plain(text: string): string {
  return text.replace(/[\\$}]/g, "\\$&");
}

/** In a list of choices the separators have a meaning as well. */
function choice(text: string): string {
  return text.replace(/[\\,|$}]/g, "\\$&");
}

/** Names that a person chooses, where some are likely. */
function chosenNames(place: CursorPlace, document: YamlDocument, context: YamlContext): Suggestion[] {
  const { procedure, layers = [], kind } = context;
  switch (place.path.join(".")) {
    case "inputs":
      return kind === "sidecar"
        ? (procedure?.inputs ?? []).map((input) => inputSuggestion(input, place))
        : [];
    case "host_tools.tools": {
      const declared = new Set(entriesAt(document, ["host_tools", "tools"]).map(({ name }) => name));
      const allowed = [document, ...layers.map((layer) => layer.document)].flatMap((each) =>
        textsAt(each, ["host_tools", "allow"]).map(({ text }) => text),
      );
      return named(
        new Set(allowed.filter((name) => !declared.has(name))),
        "allowed and not declared",
        place,
        context,
      );
    }
    case "mcp_servers": {
      const needed = (procedure?.needs ?? []).filter((need) => need.kind === "MCP server");
      return named(new Set(needed.map(({ name }) => name)), "used by the procedure", place, context);
    }
    default:
      return [];
  }
}

/** Names that are likely, with the reason. */
function named(
  names: ReadonlySet<string>,
  detail: string,
  place: CursorPlace,
  context: YamlContext,
): Suggestion[] {
  return [...names].map((name) => ({
    label: name,
    kind: CompletionItemKind.Reference,
    detail,
    ...insertion(name, [...place.path, name], undefined, place, context),
  }));
}

/** With what the procedure says of its input. */
function inputSuggestion(input: ProcedureInput, place: CursorPlace): Suggestion {
  const { name, type, required, description, values, default: usual } = input;
  const shown = usual === undefined ? "" : ` = ${JSON.stringify(usual)}`;
  const choices =
    type === "boolean" ? ["true", "false"] : (values ?? []).map((value) => JSON.stringify(value));
  return {
    label: name,
    kind: CompletionItemKind.Field,
    detail: `${type}${shown}${required ? ", required" : ""}`,
    ...(description !== "" && { doc: plainText(description) }),
    rank: required ? 1 : 3,
    ...(place.hasColon || place.isQuoted
      ? { insert: name }
      : {
          insert: `${name}: `,
          snippet: `${plain(name)}: ${choices.length > 1 ? `\${1|${choices.map(choice).join(",")}|}` : "$0"}`,
        }),
  };
}

// biome-ignore-all lint/suspicious/noTemplateCurlyInString: snippets have placeholders of the same form.
import type { CompletionItem } from "#language/completion/completion-item.ts";
import { type CodePlace, expectedHere, tableAround } from "#language/completion/completion-place.ts";
import { functionSnippet } from "#language/completion/field-items.ts";
import { referenceNames } from "#language/completion/reference-names.ts";
import { functionText } from "#language/semantics/entry-text.ts";
import { type ExpectedValue, type PlaceEntry, schemaField } from "#language/semantics/expected-value.ts";
import { positionalValues, stringLiteral } from "#language/semantics/table-fields.ts";
import { alternatives } from "#language/semantics/types.ts";
import { fieldBuilders } from "#vocabulary/fields.ts";

/** Values that are meant to stand at a place: words that a field takes, what it names, builders of schema fields. */
export function valueItems(place: CodePlace): CompletionItem[] {
  const expected = expectedHere(place);
  if (!expected) return [];
  const { entry } = expected;
  if (entry === schemaField) return builderItems();
  return [
    ...(entry ? [...wordItems(entry), ...nameItems(entry, place), ...shapeItems(entry)] : []),
    ...typeItems(expected),
  ];
}

/** `field.string{…}` and its kin. */
function builderItems(): CompletionItem[] {
  return fieldBuilders.map((entry) => ({
    label: `field.${entry.name}`,
    kind: "function",
    detail: "{ … }",
    doc: functionText(entry),
    insert: `field.${entry.name}{$0}`,
    isSnippet: true,
    rank: 1,
  }));
}

/** The words and numbers that a field takes. */
function wordItems({
  values,
  suggested,
  valueDocs = {},
  types,
  default: standard,
}: PlaceEntry): CompletionItem[] {
  const words = (values ?? suggested ?? []).map((value): CompletionItem => {
    const doc = valueDocs[String(value)];
    return {
      label: JSON.stringify(value),
      kind: "value",
      rank: 1,
      ...(value === standard && { description: "default" }),
      ...(doc !== undefined && { doc }),
    };
  });
  const booleans = types.includes("boolean")
    ? [true, false].map(
        (value): CompletionItem => ({
          label: String(value),
          kind: "value",
          rank: 1,
          ...(value === standard && { description: "default" }),
        }),
      )
    : [];
  return [...words, ...booleans];
}

/** Names in quotes, those that the list has already left out. */
function nameItems(entry: PlaceEntry, place: CodePlace): CompletionItem[] {
  if (!entry.refersTo || entry.types[0] === "list") return [];
  const table = place.slot.opener === "{" ? tableAround(place)?.table : undefined;
  const present = new Set(
    (table ? positionalValues(table) : []).flatMap((value) =>
      value.kind === "NameExpression" ? value.text : (stringLiteral(value)?.value ?? []),
    ),
  );
  return referenceNames(entry.refersTo, place)
    .filter(({ label }) => !present.has(label))
    .map((item) => ({ ...item, label: JSON.stringify(item.label), rank: 3 }));
}

/** The beginning of a table, a list or a function, where that is what is meant. */
function shapeItems({ types, parameters, name }: PlaceEntry): CompletionItem[] {
  const isTable = types.includes("table") || types.includes("list") || types.includes("schema");
  const table: CompletionItem = {
    label: "{ … }",
    kind: "snippet",
    filter: name ?? "{",
    insert: "{ $0 }",
    isSnippet: true,
    rank: types[0] === "table" || types[0] === "list" || types[0] === "schema" ? 1 : 5,
  };
  const callable: CompletionItem = {
    label: `function(${(parameters ?? []).map((parameter) => parameter.name).join(", ")})`,
    kind: "snippet",
    insert: functionSnippet(parameters),
    isSnippet: true,
    rank: 1,
  };
  return [...(isTable ? [table] : []), ...(types.includes("function") ? [callable] : [])];
}

/** The only texts that a value may be, as a schema or an annotation of the file says. */
function typeItems({ type, entry }: ExpectedValue): CompletionItem[] {
  if (!type || entry) return [];
  return alternatives(type).flatMap((each): CompletionItem[] => {
    if (each.kind === "boolean") return ["true", "false"].map((label) => ({ label, kind: "value", rank: 1 }));
    if (each.kind !== "string") return [];
    const texts = each.value === undefined ? (each.values ?? []) : [each.value];
    return texts.map((text) => ({ label: JSON.stringify(text), kind: "value", rank: 1 }));
  });
}

import type { CompletionItem } from "#language/completion/completion-item.ts";
import type { CompletionPlace } from "#language/completion/completion-place.ts";
import { referenceNames } from "#language/completion/reference-names.ts";
import { tableEntries } from "#language/semantics/table-entries.ts";
import type { FieldEntry } from "#vocabulary/entries.ts";

/** Values of a field that the vocabulary knows: the words that it takes, or what it names; undefined elsewhere. */
export function valueItems(place: CompletionPlace): CompletionItem[] | undefined {
  const entry = fieldEntryAround(place);
  if (!entry) return undefined;
  const texts = (entry.values ?? []).map(
    (value): CompletionItem => ({
      label: typeof value === "string" ? `"${value}"` : String(value),
      kind: "value",
      rank: 1,
      description: entry.name,
    }),
  );
  const isBoolean = entry.types.includes("boolean");
  const booleans = isBoolean
    ? ["true", "false"].map((label): CompletionItem => ({ label, kind: "value", rank: 1 }))
    : [];
  const isInList =
    place.path.findLast(({ kind }) => kind === "TableExpression" || kind === "NamedField")?.kind ===
    "TableExpression";
  const names =
    entry.refersTo && (isInList || !entry.types.includes("list"))
      ? referenceNames(entry.refersTo, place)
      : [];
  const quoted = names.map((item): CompletionItem => ({ ...item, label: `"${item.label}"`, rank: 3 }));
  return [...texts, ...booleans, ...quoted];
}

/** The vocabulary's word for the field whose value is being written, lists in it included. */
export function fieldEntryAround({ file, model, path }: CompletionPlace): FieldEntry | undefined {
  const index = path.findLastIndex((node) => node.kind === "NamedField");
  const field = path[index];
  if (field?.kind !== "NamedField") return undefined;
  const inner = path
    .slice(index + 1)
    .filter(({ kind }) => kind === "TableExpression" || kind === "FunctionBody");
  if (inner.length > 1 || inner.some(({ kind }) => kind === "FunctionBody")) return undefined;
  return tableEntries(file, model, path.slice(0, index))?.entries.find(
    ({ name }) => name === field.name.text,
  );
}

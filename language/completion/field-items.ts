// biome-ignore-all lint/suspicious/noTemplateCurlyInString: snippets have placeholders of the same form.
import type { CompletionItem } from "#language/completion/completion-item.ts";
import type { CompletionPlace } from "#language/completion/completion-place.ts";
import { tableEntries } from "#language/semantics/table-entries.ts";
import { namedFields } from "#language/semantics/table-fields.ts";
import { kindsText } from "#language/semantics/type-fits.ts";
import { membersOf } from "#language/semantics/types.ts";
import type { Node, TableExpression } from "#language/syntax/tree.ts";
import type { FieldEntry } from "#vocabulary/entries.ts";

/** The fields that the table around a place may still get; undefined where no field can begin. */
export function fieldItems(place: CompletionPlace): CompletionItem[] | undefined {
  const path = pathToTable(place);
  const table = path?.at(-1);
  if (!path || table?.kind !== "TableExpression") return undefined;
  const present = new Set(
    namedFields(table)
      .filter(({ span }) => !covers(span, place.relative))
      .map(({ name }) => name),
  );
  const known = tableEntries(place.file, place.model, path);
  if (known)
    return known.entries
      .filter(
        ({ name, removed, aliasOf }) => !present.has(name) && removed === undefined && aliasOf === undefined,
      )
      .map((entry) => entryItem(entry, known.owner));
  return argumentItems(place, path, present);
}

/** The path to the table whose field is being written: a key, or the place of one. */
function pathToTable({ path, relative }: CompletionPlace): readonly Node[] | undefined {
  const index = path.findLastIndex((node) => node.kind === "TableExpression");
  const table = path[index];
  if (table?.kind !== "TableExpression" || relative <= table.openBrace.start) return undefined;
  if (table.closeBrace && relative > table.closeBrace.start) return undefined;
  const inner = path[index + 1];
  const isKey =
    inner === undefined ||
    (inner.kind === "NamedField" && relative <= inner.name.end) ||
    (inner.kind === "PositionalField" &&
      (inner.value.kind === "NameExpression" || inner.value.kind === "MissingExpression"));
  return isKey ? path.slice(0, index + 1) : undefined;
}

function covers(span: { start: number; end: number }, offset: number): boolean {
  return span.start <= offset && offset <= span.end;
}

function entryItem(entry: FieldEntry, owner: string): CompletionItem {
  const detail = entry.default === undefined ? "" : ` = ${JSON.stringify(entry.default)}`;
  return {
    label: entry.name,
    kind: "field",
    detail: `: ${kindsText(entry.types)}${detail}`,
    description: entry.required ? "required" : owner,
    doc: docOf(entry),
    insert: `${entry.name} = ${valueSnippet(entry)},`,
    isSnippet: true,
    rank: entry.required ? 1 : entry.deprecated === undefined ? 2 : 8,
    ...(entry.deprecated !== undefined && { isDeprecated: true }),
  };
}

function docOf(entry: FieldEntry): string {
  const values = entry.values ? `\n\nOne of: ${entry.values.map((value) => `\`${value}\``).join(", ")}` : "";
  const effect = entry.status === "declared" ? "\n\n*Understood, but without effect in this version.*" : "";
  return `${entry.doc}${values}${effect}`;
}

/** What stands behind the `=` of a new field, by the first kind of value that it takes. */
function valueSnippet({ types, values, name }: FieldEntry): string {
  const [kind] = types;
  if (kind === "text") return name === "system_prompt" ? "[[\n\t$0\n]]" : `"${values ? "" : "$1"}$0"`;
  if (kind === "list" || kind === "table" || kind === "schema") return "{ $0 }";
  if (kind === "boolean") return "${1|true,false|}";
  return kind === "function" ? "function($1)\n\t$0\nend" : "$0";
}

/** The fields of the table that a function takes, as its annotations or its schema describe them. */
function argumentItems(
  { file, model }: CompletionPlace,
  path: readonly Node[],
  present: ReadonlySet<string>,
): CompletionItem[] | undefined {
  const call = path.at(-2);
  if (call?.kind !== "CallExpression") return undefined;
  const index = call.arguments.indexOf(path.at(-1) as TableExpression);
  const type = file.types.calledFunction(model, call)?.parameters[index]?.type;
  const members = type && membersOf(type);
  if (!members) return undefined;
  return [...members.values()]
    .filter(({ name }) => !present.has(name))
    .map(({ name, doc, isOptional }) => ({
      label: name,
      kind: "field",
      insert: `${name} = $0,`,
      isSnippet: true,
      rank: isOptional ? 2 : 1,
      description: isOptional ? "optional" : "required",
      ...(doc !== undefined && { doc }),
    }));
}

// biome-ignore-all lint/suspicious/noTemplateCurlyInString: snippets have placeholders of the same form.
import type { CompletionItem } from "#language/completion/completion-item.ts";
import { type CodePlace, type TablePlace, tableAround } from "#language/completion/completion-place.ts";
import { significantFrom } from "#language/completion/cursor-slot.ts";
import { referenceNames } from "#language/completion/reference-names.ts";
import { calledAgent, isTurnInput } from "#language/semantics/agent-turns.ts";
import { fieldText } from "#language/semantics/entry-text.ts";
import type { PlaceEntry } from "#language/semantics/expected-value.ts";
import { plainText } from "#language/semantics/markdown.ts";
import { fieldNamed, namedFields, stringLiteral } from "#language/semantics/table-fields.ts";
import { templateTexts } from "#language/semantics/template-texts.ts";
import { kindsText } from "#language/semantics/type-fits.ts";
import { typeText } from "#language/semantics/type-text.ts";
import { type Member, membersOf } from "#language/semantics/types.ts";
import { TokenKind } from "#language/syntax/tokens.ts";
import type { FieldEntry } from "#vocabulary/entries.ts";

/** The fields that the table around a place may still get. */
export interface FieldItems {
  readonly items: readonly CompletionItem[];
  /** A value without a key would mean nothing there. */
  readonly isClosed: boolean;
}

/** The fields that can be written where an entry of a table begins. */
export function fieldItems(place: CodePlace): FieldItems {
  const around = tableAround(place);
  if (!around) return { items: [], isClosed: false };
  const written = fieldWriter(place);
  const present = presentNames(around, place);
  const { entry, type, site, owner = "" } = around.expected ?? {};
  const fields = (entry?.fields ?? [])
    .filter((field) => !present.has(field.name) && isOffered(field))
    .flatMap((field, order) => fieldItem(field, around, owner, written).map((item) => ({ ...item, order })));
  const members = entry?.fields ? [] : [...((type && membersOf(type)?.values()) ?? [])];
  const described = members
    .filter(({ name }) => !present.has(name))
    .map((member) => describedItem(member, written));
  const chosen = [
    ...turnItems(place, around, present, written),
    ...keyItems(place, entry, present, written),
    ...schemaItems(entry, written),
  ];
  const items = [...fields, ...described, ...chosen];
  const isList = entry ? entry.types.includes("list") && !site : members.length === 0;
  return { items, isClosed: items.length > 0 && !isList };
}

function presentNames({ table, model }: TablePlace, { slot }: CodePlace): ReadonlySet<string> {
  const start = slot.word.start - model.offset;
  return new Set(
    namedFields(table)
      .filter(({ span }) => span.start !== start || slot.word.start === slot.word.end)
      .map(({ name }) => name),
  );
}

function isOffered({ removed, aliasOf }: FieldEntry): boolean {
  return removed === undefined && aliasOf === undefined;
}

/** What is inserted for a field: its name alone before a `=`, else a value to fill in and, where one is missing, a comma. */
type WriteField = (name: string, value: string) => Pick<CompletionItem, "insert" | "isSnippet">;

function fieldWriter({ file, slot }: CodePlace): WriteField {
  const { tokens, text } = file.tree;
  const next = significantFrom(tokens, slot.word.end);
  const kind = tokens.kinds[next];
  if (kind === TokenKind.assign) return (name) => ({ insert: name });
  const between = text.slice(slot.word.end, tokens.starts[next]);
  const isLast = kind === TokenKind.closeBrace && !between.includes("\n");
  const hasComma = kind === TokenKind.comma || kind === TokenKind.semicolon;
  const comma = isLast || hasComma ? "" : ",";
  return (name, value) => ({ insert: `${name} = ${value}${comma}`, isSnippet: true });
}

function fieldItem(
  entry: FieldEntry,
  around: TablePlace,
  owner: string,
  written: WriteField,
): CompletionItem[] {
  const condition = conditionOf(entry, around);
  if (condition === "broken") return [];
  const need = entry.required || (entry.requiredThen && condition === "met");
  const detail = entry.default === undefined ? "" : ` = ${JSON.stringify(entry.default)}`;
  return [
    {
      label: entry.name,
      kind: "field",
      detail: `: ${kindsText(entry.types)}${detail}`,
      description: need ? "required" : owner,
      doc: fieldText(entry),
      ...written(entry.name, valueSnippet(entry)),
      rank: need ? 1 : entry.deprecated !== undefined ? 8 : condition === "open" ? 4 : 2,
      ...(entry.deprecated !== undefined && { isDeprecated: true }),
    },
  ];
}

/** Whether the other field says that this one counts; `open` while that one is not there. */
function conditionOf({ onlyWith }: FieldEntry, { table, expected }: TablePlace): "met" | "broken" | "open" {
  if (!onlyWith) return "met";
  const other = fieldNamed(table, onlyWith.field)?.value;
  const standard = expected?.entry?.fields?.find(({ name }) => name === onlyWith.field)?.default;
  const value = other ? stringLiteral(other)?.value : standard;
  if (value === undefined) return "open";
  return onlyWith.values.includes(String(value)) ? "met" : "broken";
}

/** What stands behind the `=` of a new field, by the first kind of value that it takes. */
function valueSnippet({ types, name, parameters }: PlaceEntry): string {
  switch (types[0]) {
    case "text":
      return name?.endsWith("_prompt") ? "[[\n\t$0\n]]" : '"$0"';
    case "list":
    case "table":
    case "schema":
      return "{ $0 }";
    case "boolean":
      return "${1|true,false|}";
    case "function":
      return functionSnippet(parameters);
    default:
      return "$0";
  }
}

/** A function with the parameters that it is called with. */
export function functionSnippet(parameters: readonly FieldEntry[] = []): string {
  const names = parameters.map(({ name }) => (name === "…" ? "..." : name));
  return `function(${names.join(", ")})\n\t$0\nend`;
}

/** A field that a schema or an annotation of the file describes. */
function describedItem({ name, type, doc, isOptional }: Member, written: WriteField): CompletionItem {
  return {
    label: name,
    kind: "field",
    ...(type.kind !== "unknown" && { detail: `: ${typeText(type, 1)}` }),
    description: isOptional ? "optional" : "required",
    ...(doc !== undefined && { doc: plainText(doc) }),
    ...written(name, type.kind === "string" ? '"$0"' : type.kind === "table" ? "{ $0 }" : "$0"),
    rank: isOptional ? 2 : 1,
  };
}

/** What the prompt of the called agent reads, so that the call should give it. */
function turnItems(
  { file }: CodePlace,
  { path, model }: TablePlace,
  present: ReadonlySet<string>,
  written: WriteField,
): CompletionItem[] {
  const call = path.at(-2);
  const name = call?.kind === "CallExpression" ? calledAgent(file, model, call) : undefined;
  const agent = name === undefined ? undefined : file.types.siteOf("Agent", name);
  if (!agent) return [];
  const read = templateTexts(file, agent.model)
    .filter(({ site }) => site === agent.site)
    .flatMap(({ placeholders }) => placeholders)
    .filter(({ path: [first] }) => first?.text === "input" || first?.text === "params")
    .flatMap(({ path: [, key] }) => key?.text ?? []);
  return [...new Set(read)]
    .filter((key) => isTurnInput(key) && !present.has(key))
    .map((key) => ({
      label: key,
      kind: "field",
      description: `{input.${key}}`,
      doc: `The prompt of the agent reads it.`,
      ...written(key, "$0"),
      rank: 1,
    }));
}

/** Keys that name something: the agents and tools in `Mocks`. */
function keyItems(
  place: CodePlace,
  entry: PlaceEntry | undefined,
  present: ReadonlySet<string>,
  written: WriteField,
): CompletionItem[] {
  if (!entry?.keysReferTo) return [];
  return referenceNames(entry.keysReferTo, place)
    .filter(({ label }) => !present.has(label) && /^[A-Za-z_]\w*$/.test(label))
    .map((item) => ({ ...item, ...written(item.label, "{ $0 }"), rank: 1 }));
}

/** In a schema the author chooses the names. */
function schemaItems(entry: PlaceEntry | undefined, written: WriteField): CompletionItem[] {
  if (!entry?.types.includes("schema") || entry.name === "items") return [];
  const value = "field.${2|string,number,integer,boolean,array,object|}{$0}";
  return [
    {
      label: "name = field.…",
      kind: "snippet",
      filter: "field",
      detail: " a field of the schema",
      doc: "A field with a name of your choice: `topic = field.string{required = true}`.",
      ...written("${1:name}", value),
      rank: 1,
    },
  ];
}

import type { PlaceEntry } from "#language/semantics/expected-value.ts";
import { bullets, codeBlock, inlineCode } from "#language/semantics/markdown.ts";
import { kindsText } from "#language/semantics/type-fits.ts";
import type { DeclarationEntry, Entry, FunctionEntry } from "#vocabulary/entries.ts";

/** What the vocabulary says of a field or an option, in Markdown: documentation, default, values, what to know. */
export function fieldText(entry: PlaceEntry): string {
  const facts = [
    `Takes ${kindsText(entry.types)}.`,
    entry.required ? "Required." : undefined,
    entry.default === undefined ? undefined : `Default: ${inlineCode(JSON.stringify(entry.default))}.`,
    conditionText(entry),
  ].filter((fact) => fact !== undefined);
  return paragraphs([entry.doc, facts.join(" "), valuesText(entry), ...notesOf(entry), exampleOf(entry)]);
}

/** What the vocabulary says of a function, in Markdown: documentation, parameters, what a resumed run sees. */
export function functionText(entry: FunctionEntry): string {
  const described = entry.parameters.filter(({ doc }) => doc !== "");
  const parameters = described.map(({ name, doc }) => `${inlineCode(name)} — ${doc}`);
  return paragraphs([entry.doc, bullets(parameters), entry.advice, ...notesOf(entry), exampleOf(entry)]);
}

/** What the vocabulary says of any other word. */
export function wordText(entry: Entry): string {
  return paragraphs([entry.doc, ...notesOf(entry), exampleOf(entry)]);
}

/** What the vocabulary says of a word of any kind, in Markdown. */
export function entryText(entry: Entry): string {
  if (isDeclaration(entry)) return paragraphs([wordText(entry), requiredFields(entry)]);
  if (isFunction(entry)) return functionText(entry);
  return "types" in entry ? fieldText(entry as PlaceEntry) : wordText(entry);
}

/** Whether a word declares something. */
export function isDeclaration(entry: Entry): entry is DeclarationEntry {
  return "forms" in entry;
}

function isFunction(entry: Entry): entry is FunctionEntry {
  return "returns" in entry && "parameters" in entry;
}

function requiredFields({ fields }: DeclarationEntry): string | undefined {
  const required = fields.filter((field) => field.required).map(({ name }) => inlineCode(name));
  return required.length > 0 ? `Must have: ${required.join(", ")}.` : undefined;
}

/** The values that a field takes, each with what it means. */
function valuesText({ values, suggested, valueDocs = {} }: PlaceEntry): string | undefined {
  const all = values ?? suggested;
  if (!all || all.length === 0) return undefined;
  const head = values ? "One of:" : "Such as:";
  if (Object.keys(valueDocs).length === 0)
    return `${head} ${all.map((value) => inlineCode(JSON.stringify(value))).join(", ")}.`;
  const lines = all.map((value) => {
    const doc = valueDocs[String(value)];
    return `${inlineCode(JSON.stringify(value))}${doc === undefined ? "" : ` — ${doc}`}`;
  });
  return `${head}\n${bullets(lines)}`;
}

function conditionText({ onlyWith, requiredThen }: PlaceEntry): string | undefined {
  if (!onlyWith) return undefined;
  const values = onlyWith.values.map((value) => inlineCode(JSON.stringify(value))).join(" or ");
  return `${requiredThen ? "Needed" : "Counts only"} when ${inlineCode(onlyWith.field)} is ${values}.`;
}

function notesOf({ deprecated, status }: Partial<Entry>): (string | undefined)[] {
  return [
    deprecated === undefined
      ? undefined
      : `*An older form${deprecated === "" ? "" : `: write ${deprecated}`}.*`,
    status === "declared" ? "*Understood, but without effect in this version.*" : undefined,
  ];
}

function exampleOf({ example }: Partial<Entry>): string | undefined {
  return example === undefined ? undefined : codeBlock(example);
}

/** Parts with an empty line between; those that say nothing are left out. */
export function paragraphs(parts: readonly (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined && part !== "").join("\n\n");
}

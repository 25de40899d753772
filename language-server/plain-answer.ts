import { bounded, oneLine, replaceUnseen } from "#common/visible-text.ts";
import { lensTitles } from "./features/code-lens.ts";
import { plainLabel } from "./plain-label.ts";

/**
 * The last thing that happens to an answer before it leaves for the client: whatever a client draws of it is made
 * inert, wherever it came from. Documentation is built as Markdown by `language/semantics/markdown.ts`, which escapes;
 * here what can't be seen in it becomes visible. What is written into files (edits) or comes back to us (`data`) stays.
 */
export function plainAnswer<Answer>(answer: Answer): Answer {
  return plain(answer, "", drawnLabel) as Answer;
}

/** A finding's message, and those of its related places. */
export function plainMessage(message: string): string {
  return bounded(message, longestMessage);
}

/** Characters of a message. */
const longestMessage = 4000;

/** Characters of a documentation. */
const longestMarkup = 40_000;

/** Fields that clients draw as one line; several read icons (`$(name)`) in them. */
const labels: ReadonlySet<string> = new Set([
  ...["label", "title", "name", "detail", "description", "containerName", "tooltip", "documentation"],
]);

/** Fields that hold no text to read, or must come back as they are. */
const untouched: ReadonlySet<string> = new Set([
  ...["data", "edit", "textEdit", "additionalTextEdits", "itemDefaults", "arguments", "changes"],
  ...["range", "selectionRange", "fromRanges", "location", "uri", "target"],
]);

type Label = (text: string) => string;

/** Copies only what has to change: most answers pass as they are. */
function plain(value: unknown, key: string, label: Label): unknown {
  if (typeof value === "string") return plainString(value, key, label);
  if (typeof value !== "object" || value === null || untouched.has(key)) return value;
  // Clients find parameters in the label of a signature by their offsets.
  const inner = key === "signatures" ? sameLength : label;
  if (Array.isArray(value)) return plainItems(value, key, inner);
  if (isMarkup(value)) return { ...value, value: bounded(value.value, longestMarkup) };
  return plainFields(value, inner);
}

function plainString(text: string, key: string, label: Label): string {
  if (key === "message") return plainMessage(text);
  return labels.has(key) ? label(text) : text;
}

function plainItems(items: readonly unknown[], key: string, label: Label): readonly unknown[] {
  // The numbers of semantic tokens are many.
  if (typeof items[0] === "number") return items;
  const made = items.map((item) => plain(item, key, label));
  return made.some((item, index) => item !== items[index]) ? made : items;
}

function plainFields(fields: object, label: Label): object {
  const changed: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(fields)) {
    const made = plain(value, name, label);
    if (made !== value) changed[name] = made;
  }
  return Object.keys(changed).length > 0 ? { ...fields, ...changed } : fields;
}

function isMarkup(value: object): value is { readonly kind: unknown; readonly value: string } {
  return "kind" in value && "value" in value && typeof value.value === "string";
}

/** Our own lenses have icons. */
function drawnLabel(text: string): string {
  return lensTitles.has(text) ? text : plainLabel(text);
}

function sameLength(text: string): string {
  return replaceUnseen(text, (characters) => "\ufffd".repeat(characters.length)).replaceAll("$(", "$[");
}

/** Words about a failure of ours, which may quote a file. */
export function plainFailure(text: string): string {
  return oneLine(text, longestMessage);
}

import type { CompletionItem, Completions } from "#language/completion/completion-item.ts";
import type { CompletionPlace } from "#language/completion/completion-place.ts";
import { gherkinCompletions } from "#language/completion/gherkin-completions.ts";
import { placeholderCompletions } from "#language/completion/placeholder-completions.ts";
import { moduleItems, referenceNames, stateKeyItems } from "#language/completion/reference-names.ts";
import { expectedValue } from "#language/semantics/expected-value.ts";
import { plainText } from "#language/semantics/markdown.ts";
import { isStateTable } from "#language/semantics/member-symbols.ts";
import { namedReferences } from "#language/semantics/named-references.ts";
import { isSpecification } from "#language/semantics/specification-steps.ts";
import { positionalValues, stringLiteral } from "#language/semantics/table-fields.ts";
import { isRequired } from "#language/semantics/text-symbols.ts";
import { alternatives, membersOf } from "#language/semantics/types.ts";
import type { Node, Span, StringExpression } from "#language/syntax/tree.ts";

/** Suggestions inside a text: what it names, a placeholder of a prompt, a step of a specification. */
export function textCompletions(place: CompletionPlace): Completions | undefined {
  const text = place.path.at(-1);
  if (text?.kind !== "StringExpression" || place.relative < text.content.start) return undefined;
  if (place.model.sites.some((site) => isSpecification(site) && site.text === text))
    return gherkinCompletions(place, text);
  const inTemplate = placeholderCompletions(place, text);
  if (inTemplate) return inTemplate;
  const items = namesFor(place, text);
  return items.length > 0 ? { items, replace: contentOf(place, text), within: "text" } : undefined;
}

/** What is between the quotes; of a text without its end, what stands in the line. */
function contentOf({ file, model, offset }: CompletionPlace, { content }: StringExpression): Span {
  const start = model.offset + content.start;
  const end = model.offset + content.end;
  const line = file.text.indexOf("\n", offset);
  return { start, end: Math.max(offset, line < 0 ? end : Math.min(end, line)) };
}

function namesFor(place: CompletionPlace, text: StringExpression): CompletionItem[] {
  const { file, model, path } = place;
  const parent = path.at(-2);
  if (isRequired(parent, text)) return moduleItems(place, text.value);
  if (parent?.kind === "IndexExpression" && parent.key === text) {
    if (isStateTable(file, model, parent.object)) return stateKeyItems(file);
    return [...(membersOf(file.types.typeOf(model, parent.object))?.values() ?? [])].map(({ name, doc }) => ({
      label: name,
      kind: "field",
      ...(doc !== undefined && { doc: plainText(doc) }),
    }));
  }
  const reference = namedReferences(model).find(({ span }) => span.start === text.content.start);
  const expected = expectedValue(file, model, path);
  const kind = reference?.kind ?? expected?.entry?.refersTo;
  if (kind) return withoutPresent(referenceNames(kind, place), path, text);
  const words = expected?.entry?.values ?? expected?.entry?.suggested ?? typedWords(expected?.type);
  return words.map((value) => {
    const doc = expected?.entry?.valueDocs?.[String(value)];
    return { label: String(value), kind: "value", ...(doc !== undefined && { doc }) };
  });
}

function typedWords(type: Parameters<typeof alternatives>[0] | undefined): readonly string[] {
  return (type ? alternatives(type) : []).flatMap((each) =>
    each.kind === "string" ? (each.values ?? (each.value === undefined ? [] : [each.value])) : [],
  );
}

/** Names that the list around does not have yet. */
function withoutPresent(
  items: readonly CompletionItem[],
  path: readonly Node[],
  text: StringExpression,
): CompletionItem[] {
  const list = path.at(-2)?.kind === "PositionalField" ? path.at(-3) : undefined;
  const present = new Set(
    (list?.kind === "TableExpression" ? positionalValues(list) : []).flatMap((value) =>
      value === text ? [] : (stringLiteral(value)?.value ?? []),
    ),
  );
  return items.filter(({ label }) => !present.has(label));
}

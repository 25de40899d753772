import type { CompletionItem, Completions } from "#language/completion/completion-item.ts";
import type { CompletionPlace } from "#language/completion/completion-place.ts";
import { stateKeyItems } from "#language/completion/reference-names.ts";
import { placeholderAt } from "#language/embedded/template.ts";
import { wordText } from "#language/semantics/entry-text.ts";
import { plainText } from "#language/semantics/markdown.ts";
import { placeholderMembers } from "#language/semantics/placeholder-symbols.ts";
import { templateTexts } from "#language/semantics/template-texts.ts";
import { typeText } from "#language/semantics/type-text.ts";
import type { Member } from "#language/semantics/types.ts";
import type { StringExpression } from "#language/syntax/tree.ts";
import { templateNamespaces } from "#vocabulary/templates.ts";

/** What can be written in `{…}` of a prompt; undefined outside of placeholders. */
export function placeholderCompletions(
  place: CompletionPlace,
  text: StringExpression,
): Completions | undefined {
  const { file, model, relative } = place;
  const template = templateTexts(file, model).find((each) => each.text === text);
  if (!template) return undefined;
  const start = model.offset + text.content.start;
  const source = file.text.slice(start, model.offset + text.content.end);
  const found = placeholderAt(source, relative - text.content.start);
  const part = found?.path[found.index];
  if (!found || !part) return undefined;
  const before = found.path.slice(0, found.index);
  const members = placeholderMembers(file, model, template, before).map(memberItem);
  const namespaces = before.length === 0 ? namespaceItems(template.place.namespaces) : [];
  const state = before.length === 1 && before[0]?.text === "state" ? stateKeyItems(file) : [];
  const isLast = found.index === found.path.length - 1;
  const close = found.isClosed || !isLast ? "" : "}";
  const closed = [...members, ...state].map((item) => ({ ...item, insert: `${item.label}${close}` }));
  return {
    items: [...closed, ...namespaces],
    replace: { start: start + part.start, end: start + part.end },
    within: "text",
  };
}

function namespaceItems(names: readonly string[]): CompletionItem[] {
  return templateNamespaces
    .filter(({ name }) => names.includes(name))
    .map((entry) => ({
      label: entry.name,
      kind: "module",
      doc: wordText(entry),
      rank: entry.status === "declared" ? 6 : 3,
    }));
}

function memberItem({ name, type, doc }: Member): CompletionItem {
  return {
    label: name,
    kind: "field",
    ...(type.kind !== "unknown" && { detail: `: ${typeText(type, 1)}` }),
    ...(doc !== undefined && { doc: plainText(doc) }),
    rank: 1,
  };
}

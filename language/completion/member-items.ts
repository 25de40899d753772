import type { CompletionItem } from "#language/completion/completion-item.ts";
import type { CompletionPlace } from "#language/completion/completion-place.ts";
import { parametersText, typeText } from "#language/semantics/type-text.ts";
import { callableOf, type Member, membersOf, type Type } from "#language/semantics/types.ts";
import { tokenIndexAt, tokenText } from "#language/syntax/tokens.ts";
import type { Expression, Span } from "#language/syntax/tree.ts";

/** The fields of a value, behind its `.` or `:`. */
export function memberItems(place: CompletionPlace, object: Expression, separator: Span): CompletionItem[] {
  const { file, model } = place;
  const isMethod =
    tokenText(file.tree.tokens, tokenIndexAt(file.tree.tokens, model.offset + separator.start)) === ":";
  const type = file.types.typeOf(model, object);
  const members =
    type.kind === "string" ? membersOf(file.types.globalType("string") ?? type) : membersOf(type);
  return [...(members?.values() ?? [])]
    .filter((member) => !isMethod || callableOf(member.type))
    .map((member) => memberItem(member));
}

/** A field as a suggestion. */
export function memberItem({ name, type, doc, deprecated, isOptional }: Member): CompletionItem {
  return {
    label: name,
    kind: kindOf(type, "field"),
    detail: detailOf(type, isOptional === true),
    ...(doc !== undefined && { doc }),
    ...(deprecated !== undefined && { isDeprecated: true }),
  };
}

/** The icon for a value of a type. */
export function kindOf(type: Type, otherwise: CompletionItem["kind"]): CompletionItem["kind"] {
  if (type.kind === "handle")
    return type.handle === "agent" ? "agent" : type.handle === "tool" ? "tool" : "class";
  return type.kind === "function" ? "function" : otherwise;
}

/** Behind the label: parameters of functions, types of others. */
export function detailOf(type: Type, isOptional: boolean): string {
  if (type.kind === "function") return `(${parametersText(type)})`;
  return `${isOptional ? "?" : ""}: ${typeText(type, 1)}`;
}

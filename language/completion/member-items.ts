import type { CompletionItem } from "#language/completion/completion-item.ts";
import type { CodePlace } from "#language/completion/completion-place.ts";
import { significantFrom } from "#language/completion/cursor-slot.ts";
import { stateKeyItems } from "#language/completion/reference-names.ts";
import { entryText } from "#language/semantics/entry-text.ts";
import { plainText } from "#language/semantics/markdown.ts";
import { isStateTable } from "#language/semantics/member-symbols.ts";
import type { StatementModel } from "#language/semantics/statement-model.ts";
import { parametersText, typeText } from "#language/semantics/type-text.ts";
import { callableOf, type Member, membersOf, type Type } from "#language/semantics/types.ts";
import { TokenKind } from "#language/syntax/tokens.ts";
import type { Expression, Node } from "#language/syntax/tree.ts";
import { nodePathAt } from "#language/syntax/walk.ts";

/** The fields of a value, behind its `.` or `:`. */
export function memberItems(place: CodePlace): CompletionItem[] {
  const { file } = place;
  const before = valueBefore(place);
  if (!before) return [];
  const { model, object, isMethod } = before;
  const type = file.types.typeOf(model, object);
  const members = membersOf(type.kind === "string" ? (file.types.globalType("string") ?? type) : type);
  const items = [...(members?.values() ?? [])]
    .filter((member) => (isMethod ? isMethodLike(member, type) : isFieldLike(member)))
    .map((member) => memberItem(member, isCalled(place)));
  const isState = !isMethod && isStateTable(file, model, object);
  return isState ? [...items, ...stateKeyItems(file)] : items;
}

/** The value whose field is being written; undefined when its text is damaged. */
export function valueBefore(
  place: CodePlace,
): { readonly model: StatementModel; readonly object: Expression; readonly isMethod: boolean } | undefined {
  const { file } = place;
  const separator = significantBeforeWord(place);
  const { index, base, path } = nodePathAt(file.tree, separator);
  const model = file.models[index];
  const object = model && objectAt(path, separator - base);
  return model && object && { model, object, isMethod: file.text[separator] === ":" };
}

/** Where the dot or the colon stands. */
function significantBeforeWord({ file, slot }: CodePlace): number {
  let at = slot.word.start - 1;
  while (at > 0 && /\s/.test(file.text[at] ?? "")) at--;
  return at;
}

/** The value in front of a dot or a colon. */
function objectAt(path: readonly Node[], separator: number): Expression | undefined {
  for (const node of path.toReversed()) {
    const isMember = node.kind === "MemberExpression" || node.kind === "MethodCall";
    if (isMember && node.separator.start === separator) return node.object;
  }
  return undefined;
}

function isMethodLike(member: Member, owner: Type): boolean {
  // Functions of a library take the value first; other functions are methods when they say so.
  return (
    callableOf(member.type) !== undefined &&
    (owner.kind !== "table" || owner.name === undefined || !member.entry)
  );
}

function isFieldLike({ entry }: Member): boolean {
  return !(entry && "aliasOf" in entry);
}

/** Whether what follows the word is a call already. */
function isCalled({ file, slot }: CodePlace): boolean {
  const { tokens } = file.tree;
  const next = tokens.kinds[significantFrom(tokens, slot.word.end)];
  return next === TokenKind.openParenthesis || next === TokenKind.openBrace;
}

/** A field as a suggestion. */
function memberItem(
  { name, type, doc, deprecated, isOptional, entry }: Member,
  _isCalled: boolean,
): CompletionItem {
  const shown = entry ? entryText(entry) : doc === undefined ? undefined : plainText(doc);
  return {
    label: name,
    kind: kindOf(type, "field"),
    detail: detailOf(type, isOptional === true),
    ...(shown !== undefined && { doc: shown }),
    ...(deprecated !== undefined && { isDeprecated: true, rank: 8 }),
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
  if (type.kind === "function") return `(${parametersText(type, 2)})`;
  if (type.kind === "unknown") return "";
  return `${isOptional ? "?" : ""}: ${typeText(type, 1)}`;
}

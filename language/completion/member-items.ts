import type { CompletionItem } from "#language/completion/completion-item.ts";
import type { CodePlace } from "#language/completion/completion-place.ts";
import { significantFrom } from "#language/completion/cursor-slot.ts";
import { stateKeyItems } from "#language/completion/reference-names.ts";
import { entryText, isDeclaration } from "#language/semantics/entry-text.ts";
import { expectedValue, schemaField } from "#language/semantics/expected-value.ts";
import { plainText } from "#language/semantics/markdown.ts";
import { isStateTable } from "#language/semantics/member-symbols.ts";
import type { StatementModel } from "#language/semantics/statement-model.ts";
import { parametersText, typeText } from "#language/semantics/type-text.ts";
import { callableOf, type Member, membersOf, type Type } from "#language/semantics/types.ts";
import { TokenKind } from "#language/syntax/tokens.ts";
import type { Expression, Node } from "#language/syntax/tree.ts";
import { nodePathAt } from "#language/syntax/walk.ts";
import type { DeclarationEntry } from "#vocabulary/entries.ts";
import { fieldBuilders } from "#vocabulary/fields.ts";

/** The fields of a value, behind its `.` or `:`. */
export function memberItems(place: CodePlace): CompletionItem[] {
  const { file } = place;
  const before = valueBefore(place);
  if (!before) return [];
  const { model, object, isMethod } = before;
  const type = file.types.typeOf(model, object);
  if (isSchemaField(place, before)) return builderItems(place);
  const members = membersOf(type.kind === "string" ? (file.types.globalType("string") ?? type) : type);
  const items = [...(members?.values() ?? [])]
    .filter((member) => (isMethod ? isMethodLike(member, type) : isFieldLike(member)))
    .map(memberItem);
  const isState = !isMethod && isStateTable(file, model, object);
  return isState ? [...items, ...stateKeyItems(file)] : items;
}

/** `field.` where a field of a schema is meant: the table has builders for evaluators as well. */
function isSchemaField({ file }: CodePlace, { model, object, path }: ValueBefore): boolean {
  if (object.kind !== "NameExpression" || object.text !== "field") return false;
  return expectedValue(file, model, path)?.entry === schemaField;
}

/** Builders of schema fields, with their braces where none follow. */
function builderItems(place: CodePlace): CompletionItem[] {
  return fieldBuilders.map((entry) => ({
    label: entry.name,
    kind: "function",
    detail: "{ … }",
    doc: entryText(entry),
    ...(!isCalled(place) && { insert: `${entry.name}{$0}`, isSnippet: true }),
  }));
}

/** The value whose field is being written. */
export interface ValueBefore {
  readonly model: StatementModel;
  readonly object: Expression;
  readonly isMethod: boolean;
  /** From the statement to the member. */
  readonly path: readonly Node[];
}

/** The value whose field is being written; undefined when its text is damaged. */
export function valueBefore(place: CodePlace): ValueBefore | undefined {
  const { file } = place;
  const separator = significantBeforeWord(place);
  const { index, base, path } = nodePathAt(file.tree, separator);
  const model = file.models[index];
  const end = path.findLastIndex((node) => separatorOf(node) === separator - base);
  const member = path[end];
  if (!model || (member?.kind !== "MemberExpression" && member?.kind !== "MethodCall")) return undefined;
  const isMethod = file.text[separator] === ":";
  return { model, object: member.object, isMethod, path: path.slice(0, end + 1) };
}

function separatorOf(node: Node): number | undefined {
  return node.kind === "MemberExpression" || node.kind === "MethodCall" ? node.separator.start : undefined;
}

/** Where the dot or the colon stands. */
function significantBeforeWord({ file, slot }: CodePlace): number {
  let at = slot.word.start - 1;
  while (at > 0 && /\s/.test(file.text[at] ?? "")) at--;
  return at;
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
function memberItem({ name, type, doc, deprecated, isOptional, entry }: Member): CompletionItem {
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
  if (isOwnWord(type)) return "module";
  if (type.kind === "handle")
    return type.handle === "agent" ? "agent" : type.handle === "tool" ? "tool" : "class";
  return type.kind === "function" ? "function" : otherwise;
}

/** Behind the label: parameters of functions, types of others. */
export function detailOf(type: Type, isOptional: boolean): string {
  if (type.kind === "function")
    return type.entry && isDeclaration(type.entry) ? formOf(type.entry) : `(${parametersText(type, 2)})`;
  // A word of the language is its own type.
  if (isOwnWord(type)) return "";
  if (type.kind === "unknown") return "";
  return `${isOptional ? "?" : ""}: ${typeText(type, 1)}`;
}

/** A library, a primitive, or a word that declares and finds: they have no type beside themselves. */
function isOwnWord(type: Type): boolean {
  if (type.kind === "table")
    return type.name !== undefined && [...type.members.values()].some(({ entry }) => entry);
  return type.kind === "handle" && type.name === undefined && /^[A-Z]/.test(type.handle);
}

/** How a declaration goes on behind its word. */
function formOf({ forms }: DeclarationEntry): string {
  const [form] = forms;
  return form === "curried" ? ' "x" { … }' : form === "call" ? '("x", …)' : " { … }";
}

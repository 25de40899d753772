import type { AnnotatedField, AnnotationsDraft } from "#language/annotations/annotated-parts.ts";
import type { AnnotatedType } from "#language/annotations/annotated-type.ts";
import { TypeReader } from "#language/annotations/type-reader.ts";
import type { Span } from "#language/syntax/tree.ts";

/** Where an annotation stands: the line, its place, and the index right behind the annotation's own name. */
interface TagLine {
  readonly name: string;
  readonly text: string;
  readonly base: number;
  readonly at: number;
}

type TagHandler = (reader: TypeReader, draft: AnnotationsDraft) => void;

const handlers: ReadonlyMap<string, TagHandler> = new Map([
  ["param", readParameter],
  ["vararg", readVararg],
  ["return", readReturn],
  ["type", readType],
  ["class", readClass],
  ["field", readField],
  ["alias", readAlias],
  ["generic", readGenerics],
  ["overload", readOverload],
  ["deprecated", readDeprecated],
  ["|", readContinuation],
]);

/** Words that begin a sentence and name no result. */
const noName = /^(?:the|an?|if|when|whether|or|of)$/i;

const visibility = /^(?:public|private|protected|package)$/;

/** Adds what one annotation says to the draft; annotations of other kinds say nothing here. */
export function readTag({ name, text, base, at }: TagLine, draft: AnnotationsDraft): void {
  const handler = handlers.get(name);
  if (!handler) return;
  if (name !== "|") delete draft.extend;
  const reader = new TypeReader(text, base, at);
  handler(reader, draft);
  draft.problems.push(...reader.problems);
}

function readParameter(reader: TypeReader, draft: AnnotationsDraft): void {
  const start = reader.at;
  const dots = reader.dots();
  if (dots) {
    addVararg(reader, draft, dots);
    return;
  }
  const found = reader.name();
  if (!found) {
    reader.problem("`@param` needs the name of a parameter.", start);
    return;
  }
  const isOptional = reader.take("?");
  const type = reader.type("A type is missing after the parameter's name.");
  const parameter = { name: found.text, nameSpan: found.span, isOptional, text: reader.rest() };
  const index = draft.parameters.push({ ...parameter, ...(type && { type }) }) - 1;
  draft.extend = (member) => {
    draft.parameters[index] = { ...parameter, type: joined(draft.parameters[index]?.type, member) };
  };
}

/** The old spelling of `@param ...`. */
function readVararg(reader: TypeReader, draft: AnnotationsDraft): void {
  addVararg(reader, draft, reader.span(reader.at));
}

function addVararg(reader: TypeReader, draft: AnnotationsDraft, nameSpan: Span): void {
  const type = reader.type("A type is missing for the further arguments.");
  draft.parameters.push({
    name: "...",
    nameSpan,
    isOptional: true,
    ...(type && { type }),
    text: reader.rest(),
  });
}

function readReturn(reader: TypeReader, draft: AnnotationsDraft): void {
  const first = draft.returns.length;
  do {
    const type = reader.type("`@return` needs a type.");
    if (!type) break;
    const name = resultName(reader);
    draft.returns.push({ type, ...(name !== undefined && { name }), text: "" });
  } while (reader.take(","));
  const last = draft.returns.length - 1;
  const text = reader.rest();
  const result = draft.returns[last];
  if (!result || last < first) return;
  draft.returns[last] = { ...result, text };
  draft.extend = (member) => {
    draft.returns[last] = { ...result, text, type: joined(draft.returns[last]?.type, member) };
  };
}

/** A name right behind the type, unless it reads like the beginning of a sentence. */
function resultName(reader: TypeReader): string | undefined {
  const ahead = /^\s+([A-Za-z_]\w*)(?=[\s,#]|$)/.exec(reader.text.slice(reader.at));
  if (!ahead?.[1] || noName.test(ahead[1])) return undefined;
  return reader.name()?.text;
}

function readType(reader: TypeReader, draft: AnnotationsDraft): void {
  const type = reader.type("`@type` needs a type.");
  if (!type) return;
  draft.type ??= type;
  appendText(draft, reader.rest());
  draft.extend = (member) => {
    draft.type = joined(draft.type, member);
  };
}

function readClass(reader: TypeReader, draft: AnnotationsDraft): void {
  const start = reader.at;
  if (reader.take("(")) skipAttribute(reader);
  const found = reader.name();
  if (!found) {
    reader.problem("`@class` needs a name.", start);
    return;
  }
  if (reader.take("<")) {
    reader.list();
    if (!reader.take(">")) reader.problem("A `>` is missing.");
  }
  const parents = reader.take(":") ? reader.list() : [];
  draft.classes.push({ name: found.text, nameSpan: found.span, parents, fields: [], text: reader.rest() });
}

/** `(exact)`, `(partial)`: what else a class may have is not followed. */
function skipAttribute(reader: TypeReader): void {
  reader.name();
  if (!reader.take(")")) reader.problem("A `)` is missing.");
}

function readField(reader: TypeReader, draft: AnnotationsDraft): void {
  const start = reader.at;
  const owner = draft.classes.at(-1);
  const head = fieldHead(reader);
  if (!head) {
    reader.problem("`@field` needs the name of a field.", start);
    return;
  }
  const type = reader.type("A type is missing after the field's name.");
  const field = { ...head, ...(type && { type }), text: reader.rest() };
  if (owner) owner.fields.push(field);
  else reader.problem("`@field` belongs below a `@class`.", start);
}

/** Name or key of a field, after the word for who may see it. */
function fieldHead(
  reader: TypeReader,
): Pick<AnnotatedField, "name" | "nameSpan" | "key" | "isOptional"> | undefined {
  if (reader.take("[")) {
    const key = reader.type();
    if (!reader.take("]")) reader.problem("A `]` is missing.");
    return key && { key, isOptional: reader.take("?") };
  }
  const first = reader.name();
  if (!first) return undefined;
  const isVisibility = visibility.test(first.text) && /^\s+[\p{L}_[]/u.test(reader.text.slice(reader.at));
  const second = isVisibility && hasTwoWords(reader) ? fieldHead(reader) : undefined;
  return second ?? { name: first.text, nameSpan: first.span, isOptional: reader.take("?") };
}

/** `private name string` has them, `private string`, a field called private, has not. */
function hasTwoWords(reader: TypeReader): boolean {
  return /^\s+(?:\[|[\p{L}\p{N}_.]+\??\s+\S)/u.test(reader.text.slice(reader.at));
}

function readAlias(reader: TypeReader, draft: AnnotationsDraft): void {
  const start = reader.at;
  const found = reader.name();
  if (!found) {
    reader.problem("`@alias` needs a name.", start);
    return;
  }
  const isBare = reader.text.slice(reader.at).trim() === "";
  const type = isBare ? undefined : reader.type();
  const alias = { name: found.text, nameSpan: found.span, text: reader.rest() };
  const index = draft.aliases.push({ ...alias, ...(type && { type }) }) - 1;
  draft.extend = (member) => {
    draft.aliases[index] = { ...alias, type: joined(draft.aliases[index]?.type, member) };
  };
}

function readGenerics(reader: TypeReader, draft: AnnotationsDraft): void {
  do {
    const found = reader.name();
    if (!found) {
      reader.problem("`@generic` needs a name.");
      return;
    }
    const constraint = reader.take(":") ? reader.type() : undefined;
    draft.generics.push({ name: found.text, nameSpan: found.span, ...(constraint && { constraint }) });
  } while (reader.take(","));
}

function readOverload(reader: TypeReader, draft: AnnotationsDraft): void {
  const start = reader.at;
  const type = reader.type("`@overload` needs a function type, such as `fun(name: string): boolean`.");
  if (type?.kind === "function") draft.overloads.push(type);
  else if (type) reader.problem("`@overload` needs a function type, such as `fun(name: string)`.", start);
}

function readDeprecated(reader: TypeReader, draft: AnnotationsDraft): void {
  draft.deprecated = reader.rest();
}

function readContinuation(reader: TypeReader, draft: AnnotationsDraft): void {
  const type = reader.type("A type is missing after `|`.");
  if (type) draft.extend?.(type);
}

function joined(before: AnnotatedType | undefined, member: AnnotatedType): AnnotatedType {
  if (!before) return member;
  const members = before.kind === "union" ? [...before.members, member] : [before, member];
  return { kind: "union", members, start: before.start, end: member.end };
}

function appendText(draft: AnnotationsDraft, text: string): void {
  if (text !== "") draft.text.push(text);
}

import type { TextPosition } from "#common/text-position.ts";
import type { ProcedureFile } from "#language/semantics/procedure-file.ts";
import type { StatementModel } from "#language/semantics/statement-model.ts";
import { memberNamed } from "#language/semantics/member-symbols.ts";
import type { Type } from "#language/semantics/types.ts";
import type { Node, Span } from "#language/syntax/tree.ts";
import { walk } from "#language/syntax/walk.ts";

/** Kinds of names, in the order of their numbers. */
export const tokenTypeNames = [
  "variable",
  "parameter",
  "function",
  "method",
  "property",
  "class",
  "namespace",
  "type",
  "enumMember",
  "label",
] as const;

export const tokenModifierNames = ["declaration", "readonly", "defaultLibrary", "deprecated"] as const;

type TokenType = (typeof tokenTypeNames)[number];

interface Token extends Span {
  readonly type: TokenType;
  readonly modifiers: number;
}

const declaration = 1;
const readonly = 2;
const defaultLibrary = 4;
const deprecated = 8;

/** Tokens of statements that nothing has touched since. */
const tokensOf = new WeakMap<StatementModel, readonly Token[]>();

/** The tokens of a file, or of a part of it, as the protocol encodes them: five numbers each. */
export function encodedTokens(
  file: ProcedureFile,
  positionAt: (offset: number) => TextPosition,
  part?: Span,
): Uint32Array {
  const data: number[] = [];
  let line = 0;
  let character = 0;
  for (const model of file.models) {
    if (part && (model.offset > part.end || model.offset + model.top.length < part.start)) continue;
    for (const token of statementTokens(file, model)) {
      const start = positionAt(model.offset + token.start);
      const end = positionAt(model.offset + token.end);
      if (end.line !== start.line) continue;
      const isSameLine = start.line === line;
      data.push(start.line - line, isSameLine ? start.character - character : start.character);
      data.push(end.character - start.character, tokenTypeNames.indexOf(token.type), token.modifiers);
      line = start.line;
      character = start.character;
    }
  }
  return Uint32Array.from(data);
}

function statementTokens(file: ProcedureFile, model: StatementModel): readonly Token[] {
  const known = tokensOf.get(model);
  if (known) return known;
  const tokens: Token[] = [];
  walk(model.top.node, (node) => {
    const token = tokenOf(file, model, node);
    if (token && node.end > node.start) tokens.push({ ...token, start: node.start, end: node.end });
  });
  for (const node of memberNames(model)) {
    const token = memberToken(file, model, node);
    if (token) tokens.push(token);
  }
  tokens.sort((first, second) => first.start - second.start);
  const distinct = tokens.filter((token, index) => token.start >= (tokens[index - 1]?.end ?? 0));
  tokensOf.set(model, distinct);
  return distinct;
}

type Named = Extract<Node, { kind: "MemberExpression" | "MethodCall" | "NamedField" }>;

function memberNames(model: StatementModel): Named[] {
  const found: Named[] = [];
  walk(model.top.node, (node) => {
    if (node.kind === "MemberExpression" || node.kind === "MethodCall" || node.kind === "NamedField")
      found.push(node);
  });
  return found;
}

function memberToken(file: ProcedureFile, model: StatementModel, node: Named): Token | undefined {
  if (node.kind === "NamedField")
    return { start: node.name.start, end: node.name.end, type: "property", modifiers: declaration };
  const name = node.kind === "MemberExpression" ? node.member : node.method;
  if (name.text === "") return undefined;
  const member = memberNamed(file.types.typeOf(model, node.object), name.text, file);
  const isFunction = node.kind === "MethodCall" || member?.type.kind === "function";
  const modifiers =
    (member?.entry ? defaultLibrary : 0) | (member?.deprecated !== undefined ? deprecated : 0);
  return { start: name.start, end: name.end, type: isFunction ? "method" : "property", modifiers };
}

function tokenOf(
  file: ProcedureFile,
  model: StatementModel,
  node: Node,
): Omit<Token, "start" | "end"> | undefined {
  if (node.kind === "NameExpression") return nameToken(file, model, node);
  if (node.kind !== "NameNode") return undefined;
  const binding = model.scopes.bindings.find(
    ({ span }) => span.start === node.start && span.end === node.end,
  );
  if (!binding) return undefined;
  const type =
    binding.origin.kind === "parameter"
      ? "parameter"
      : typeFor(file.types.typeOfBinding(model, binding), "variable");
  return { type, modifiers: declaration | (binding.attribute === "const" ? readonly : 0) };
}

function nameToken(
  file: ProcedureFile,
  model: StatementModel,
  node: Extract<Node, { kind: "NameExpression" }>,
): Omit<Token, "start" | "end"> {
  const own = model.scopes.bindingOf.get(node);
  if (own) {
    const type =
      own.origin.kind === "parameter"
        ? "parameter"
        : typeFor(file.types.typeOfBinding(model, own), "variable");
    return { type, modifiers: own.attribute === "const" ? readonly : 0 };
  }
  const type = file.types.typeOfName(node.text, model.index);
  const isWord = isWordType(type) && !file.names.topLocal(node.text, model.index);
  return {
    type: isWord && type.kind !== "function" ? "namespace" : typeFor(type, "variable"),
    modifiers: isWord ? defaultLibrary : 0,
  };
}

function typeFor(type: Type, otherwise: TokenType): TokenType {
  if (type.kind === "function") return "function";
  if (type.kind !== "handle") return otherwise;
  return type.handle === "agent"
    ? "class"
    : type.handle === "tool" || type.handle === "procedure"
      ? "function"
      : "type";
}

function isWordType(type: Type): boolean {
  if (type.kind === "function") return type.entry !== undefined;
  if (type.kind === "table")
    return type.name !== undefined && [...type.members.values()].some(({ entry }) => entry);
  return type.kind === "handle" && type.name === undefined && /^[A-Z]/.test(type.handle);
}

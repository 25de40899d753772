import { memberNamed } from "#language/semantics/member-symbols.ts";
import type { ProcedureFile } from "#language/semantics/procedure-file.ts";
import type { Binding } from "#language/semantics/scopes.ts";
import { specificationTokens } from "#language/semantics/specification-tokens.ts";
import type { StatementModel } from "#language/semantics/statement-model.ts";
import { templateTexts } from "#language/semantics/template-texts.ts";
import { callableOf, type Type } from "#language/semantics/types.ts";
import { syntaxTokens, tokenSize } from "#language/structure/syntax-tokens.ts";
import { overlayTokens, type PlacedTokens } from "#language/structure/token-encoding.ts";
import { modifierBits, type TokenType, typeNumber } from "#language/structure/token-legend.ts";
import type { NameExpression, Node, Span } from "#language/syntax/tree.ts";
import { walk } from "#language/syntax/walk.ts";

/** What a name is; the syntax alone tells the rest. */
interface Meaning {
  readonly type: TokenType;
  readonly modifiers: number;
}

const readonly = modifierBits("readonly");
const declares = modifierBits("declaration");
const isLibrary = modifierBits("defaultLibrary");
const isDeprecated = modifierBits("deprecated");

/** Tokens of statements that nothing they depend on has changed for. */
const tokensOf = new WeakMap<StatementModel, Uint32Array>();

/** What the names of a file are, or of a part of it, statement by statement: agents, tools, primitives, placeholders, steps. */
export function semanticTokens(file: ProcedureFile, part?: Span): PlacedTokens[] {
  return file.models
    .filter(({ offset, top }) => !part || (offset <= part.end && offset + top.length >= part.start))
    .map((model) => ({ base: model.offset, tokens: statementTokens(file, model) }));
}

function statementTokens(file: ProcedureFile, model: StatementModel): Uint32Array {
  let known = tokensOf.get(model);
  if (!known) {
    known = overlayTokens(syntaxTokens(model.top), meaningTokens(file, model));
    tokensOf.set(model, known);
  }
  return overlayTokens(known, specificationTokens(file, model));
}

function meaningTokens(file: ProcedureFile, model: StatementModel): Uint32Array {
  const found: Array<readonly [start: number, length: number, type: number, modifiers: number]> = [];
  const add = ({ start, end }: Span, meaning: Meaning | undefined): void => {
    if (meaning && end > start) found.push([start, end - start, typeNumber(meaning.type), meaning.modifiers]);
  };
  for (const binding of model.scopes.bindings)
    add(binding.span, bindingMeaning(file, model, binding, declares));
  walk(model.top.node, (node) => {
    if (node.kind === "NameExpression") add(node, nameMeaning(file, model, node));
    else add(memberSpan(node), memberMeaning(file, model, node));
  });
  for (const { placeholders } of templateTexts(file, model))
    for (const { path } of placeholders)
      for (const [index, part] of path.entries())
        add(part, { type: index === 0 ? "namespace" : "property", modifiers: 0 });
  found.sort((first, second) => first[0] - second[0]);
  return withoutOverlaps(Uint32Array.from(found.flat()));
}

/** A name may be told twice in damaged text. */
function withoutOverlaps(tokens: Uint32Array): Uint32Array {
  let end = 0;
  let length = 0;
  for (let index = 0; index < tokens.length; index += tokenSize) {
    const start = tokens[index] ?? 0;
    if (start < end) continue;
    tokens.copyWithin(length, index, index + tokenSize);
    length += tokenSize;
    end = start + (tokens[index + 1] ?? 0);
  }
  return tokens.subarray(0, length);
}

function nameMeaning(file: ProcedureFile, model: StatementModel, node: NameExpression): Meaning | undefined {
  const own = model.scopes.bindingOf.get(node);
  if (own) return bindingMeaning(file, model, own, 0);
  const local = file.names.topLocal(node.text, model.index);
  if (local) return bindingMeaning(file, local.model, local.binding, 0);
  const type = file.types.typeOfName(node.text, model.index);
  if (!isWord(type)) return { type: typeFor(type), modifiers: 0 };
  const entry = type.kind === "function" ? type.entry : undefined;
  const deprecated = entry?.deprecated === undefined ? 0 : isDeprecated;
  const isCalled = callableOf(type) !== undefined;
  return { type: isCalled ? "function" : "namespace", modifiers: isLibrary | deprecated };
}

function bindingMeaning(
  file: ProcedureFile,
  model: StatementModel,
  binding: Binding,
  modifiers: number,
): Meaning {
  const { kind } = binding.origin;
  const isParameter = kind === "parameter" || kind === "self";
  const type = isParameter ? "parameter" : typeFor(file.types.typeOfBinding(model, binding));
  return { type, modifiers: modifiers | (binding.attribute === "const" ? readonly : 0) };
}

function typeFor(type: Type): TokenType {
  if (type.kind === "function") return "function";
  if (type.kind !== "handle") return "variable";
  if (type.handle === "agent") return "class";
  return type.handle === "tool" || type.handle === "procedure" ? "function" : "variable";
}

/** Whether a global is a word of the language or a library. */
function isWord(type: Type): boolean {
  if (type.kind === "function") return type.entry !== undefined;
  if (type.kind === "table")
    return type.name !== undefined && [...type.members.values()].some(({ entry }) => entry);
  return type.kind === "handle" && type.name === undefined && /^[A-Z]/.test(type.handle);
}

const nowhere: Span = { start: 0, end: 0 };

function memberSpan(node: Node): Span {
  if (node.kind === "MemberExpression") return node.member;
  return node.kind === "MethodCall" ? node.method : nowhere;
}

/** Members of primitives and libraries; of others the syntax tells enough. */
function memberMeaning(file: ProcedureFile, model: StatementModel, node: Node): Meaning | undefined {
  if (node.kind !== "MemberExpression" && node.kind !== "MethodCall") return undefined;
  const name = node.kind === "MemberExpression" ? node.member.text : node.method.text;
  const member = name === "" ? undefined : memberNamed(file.types.typeOf(model, node.object), name, file);
  if (!member?.entry && member?.deprecated === undefined) return undefined;
  const isFunction = node.kind === "MethodCall" || member.type.kind === "function";
  return {
    type: isFunction ? "method" : "property",
    modifiers: (member.entry ? isLibrary : 0) | (member.deprecated === undefined ? 0 : isDeprecated),
  };
}

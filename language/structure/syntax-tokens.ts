import type { Expression, NameNode, Node, TableField, TopStatement } from "#language/syntax/tree.ts";
import { walk } from "#language/syntax/walk.ts";
import { modifierBits, type TokenType, typeNumber } from "./token-legend.ts";

/** How many numbers a token has: start, length, type, modifiers. */
export const tokenSize = 4;

const known = new WeakMap<TopStatement, Uint32Array>();

/**
 * What the syntax alone tells of the names in a statement, in text order: functions and methods (declared and called),
 * fields, parameters where they are declared, labels. Four numbers each, as `tokenSize` says; starts are relative to
 * the statement. Computed once for each statement.
 */
export function syntaxTokens(statement: TopStatement): Uint32Array {
  const found = known.get(statement);
  if (found) return found;
  const collector = new TokenCollector();
  walk(statement.node, (node) => collector.visit(node));
  const tokens = collector.tokens();
  known.set(statement, tokens);
  return tokens;
}

const declares = modifierBits("declaration");

class TokenCollector {
  readonly #found: Array<readonly [start: number, length: number, type: number, modifiers: number]> = [];
  /** Members that are called or declared as functions, with their modifiers: what holds them is met before them. */
  readonly #methods = new Map<Expression, number>();

  visit(node: Node): void {
    switch (node.kind) {
      case "LocalFunction":
        this.#add(node.name, "function", declares);
        break;
      case "FunctionStatement":
        this.#function(node.target, declares);
        break;
      case "LocalStatement":
        for (const [index, { name, attribute }] of node.names.entries()) {
          if (node.values[index]?.kind === "FunctionExpression") this.#add(name, "function", declares);
          if (attribute) this.#add(attribute, "modifier", 0);
        }
        break;
      case "FunctionBody":
        for (const parameter of node.parameters) this.#add(parameter, "parameter", declares);
        break;
      case "NamedField":
        this.#field(node);
        break;
      case "CallExpression":
        this.#function(node.callee, 0);
        break;
      case "MemberExpression":
        this.#member(node.member, node);
        break;
      case "MethodCall":
        this.#add(node.method, "method", 0);
        break;
      case "LabelStatement":
        this.#add(node.label, "label", declares);
        break;
      case "GotoStatement":
        this.#add(node.label, "label", 0);
        break;
      default:
    }
  }

  /** In text order: a call is met before the callee that stands further left than its arguments. */
  tokens(): Uint32Array {
    this.#found.sort((first, second) => first[0] - second[0]);
    return Uint32Array.from(this.#found.flat());
  }

  #field({ name, value }: Extract<TableField, { kind: "NamedField" }>): void {
    this.#add(name, value.kind === "FunctionExpression" ? "method" : "property", declares);
  }

  #member(member: NameNode, node: Expression): void {
    const modifiers = this.#methods.get(node);
    this.#add(member, modifiers === undefined ? "property" : "method", modifiers ?? 0);
  }

  #function(target: Expression, modifiers: number): void {
    if (target.kind === "NameExpression")
      this.#found.push([target.start, target.text.length, typeNumber("function"), modifiers]);
    else this.#methods.set(target, modifiers);
  }

  #add({ start, text }: NameNode, type: TokenType, modifiers: number): void {
    if (text !== "") this.#found.push([start, text.length, typeNumber(type), modifiers]);
  }
}

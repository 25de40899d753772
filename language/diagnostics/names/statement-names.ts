import type { StatementModel } from "#language/semantics/statement-model.ts";
import { stringLiteral } from "#language/semantics/table-fields.ts";
import type { Expression, MemberExpression, Node, Span, TopStatement } from "#language/syntax/tree.ts";
import { childrenOf } from "#language/syntax/walk.ts";

/** A name with its place in the statement. */
interface NamedSpan extends Span {
  readonly text: string;
}

/** What the text of a statement tells of the state and of variables. */
export interface StatementNames {
  readonly stateKeys: ReadonlySet<string>;
  /** It sets keys of the state that are computed. */
  readonly setsAnyKey: boolean;
  /** Keys of the state that it reads, where they stand. */
  readonly stateReads: readonly NamedSpan[];
  /** Variables whose value goes elsewhere: they are read, and neither called nor indexed. */
  readonly handedOn: ReadonlySet<string>;
}

const facts = new WeakMap<TopStatement, StatementNames>();

/** Kept with the text of the statement, since nothing else is asked. */
export function statementNames({ top }: StatementModel): StatementNames {
  const known = facts.get(top);
  if (known) return known;
  const reader = new FactReader();
  reader.visit(top.node, undefined);
  facts.set(top, reader);
  return reader;
}

const stateWords: ReadonlySet<string> = new Set(["state", "State"]);
const setters: ReadonlySet<string> = new Set(["set", "increment", "append"]);

class FactReader implements StatementNames {
  readonly stateKeys = new Set<string>();
  readonly stateReads: NamedSpan[] = [];
  readonly handedOn = new Set<string>();
  setsAnyKey = false;

  visit(node: Node, parent: Node | undefined): void {
    if (node.kind === "NameExpression" && !isUsedInPlace(node, parent)) this.handedOn.add(node.text);
    if (node.kind === "Assignment") for (const target of node.targets) this.#target(target);
    if (node.kind === "CallExpression") this.#call(node.callee, node.arguments);
    if (node.kind === "MemberExpression") this.#member(node, parent);
    for (const child of childrenOf(node)) this.visit(child, node);
  }

  #target(target: Expression): void {
    if (target.kind !== "MemberExpression" && target.kind !== "IndexExpression") return;
    const { object } = target;
    if (object.kind !== "NameExpression" || !stateWords.has(object.text)) return;
    if (target.kind === "MemberExpression") this.stateKeys.add(target.member.text);
    else this.#key(target.key);
  }

  #member(node: MemberExpression, parent: Node | undefined): void {
    const { object, member } = node;
    if (object.kind !== "NameExpression" || !stateWords.has(object.text) || member.text === "") return;
    const isCalled = parent?.kind === "CallExpression" && parent.callee === node;
    const isSet = parent?.kind === "Assignment" && parent.targets.includes(node);
    if (!isCalled && !isSet)
      this.stateReads.push({ text: member.text, start: member.start, end: member.end });
  }

  #call(callee: Expression, [key]: readonly Expression[]): void {
    if (callee.kind !== "MemberExpression" || callee.object.kind !== "NameExpression") return;
    if (callee.object.text !== "State") return;
    const text = stringLiteral(key);
    if (setters.has(callee.member.text)) this.#key(key);
    else if (callee.member.text === "get" && text)
      this.stateReads.push({ text: text.value, ...placeOf(text.content) });
  }

  #key(key: Expression | undefined): void {
    const text = stringLiteral(key);
    if (text) this.stateKeys.add(text.value);
    else this.setsAnyKey = true;
  }
}

/** Called, looked into, or set. */
function isUsedInPlace(node: Node, parent: Node | undefined): boolean {
  switch (parent?.kind) {
    case "CallExpression":
      return parent.callee === node;
    case "MemberExpression":
    case "MethodCall":
    case "IndexExpression":
      return parent.object === node;
    case "Assignment":
      return parent.targets.includes(node as Expression);
    case "FunctionStatement":
      return true;
    default:
      return false;
  }
}

function placeOf({ start, end }: Span): Span {
  return { start, end };
}

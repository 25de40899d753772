import { TokenKind } from "#language/syntax/tokens.ts";
import type {
  BinaryExpression,
  CallExpression,
  Expression,
  FunctionBody,
  IndexExpression,
  KeyedField,
  MemberExpression,
  MethodCall,
  ParenthesizedExpression,
  StringExpression,
  UnaryExpression,
} from "#language/syntax/tree.ts";
import { countBreaks } from "./gap.ts";
import { GapKind, type Layout, Separator } from "./layout.ts";
import { layOutList } from "./list-layout.ts";
import { operatorChain } from "./operator-chain.ts";
import { layOutTable } from "./table-layout.ts";

/** So many calls in a row are a chain that may be broken before each of them. */
const callsOfChain = 3;

type Suffix = MemberExpression | IndexExpression | CallExpression | MethodCall;

/** Lays out expressions; function bodies are left to the layout of statements. */
export class ExpressionLayout {
  readonly #layout: Layout;
  readonly #layOutBody: (body: FunctionBody) => void;

  constructor(layout: Layout, layOutBody: (body: FunctionBody) => void) {
    this.#layout = layout;
    this.#layOutBody = layOutBody;
  }

  expression(node: Expression): void {
    switch (node.kind) {
      case "StringExpression":
        this.#string(node);
        break;
      case "FunctionExpression":
        this.#layOutBody(node.body);
        break;
      case "TableExpression":
        layOutTable(this.#layout, node, (field) => {
          if (field.kind === "KeyedField") this.#key(field);
          this.expression(field.value);
        });
        break;
      case "BinaryExpression":
        this.operators(node);
        break;
      case "UnaryExpression":
        this.#unary(node);
        break;
      case "ParenthesizedExpression":
        this.#parenthesized(node);
        break;
      case "MemberExpression":
      case "IndexExpression":
      case "CallExpression":
      case "MethodCall":
        this.#suffixes(node);
        break;
      default:
    }
  }

  /** Values with commas between them, as in `return a, b`. */
  list(nodes: readonly Expression[]): void {
    const [first] = nodes;
    const last = nodes.at(-1);
    if (!first || !last) return;
    if (nodes.length === 1) this.expression(first);
    else this.#severalValues(nodes, first, last);
  }

  #severalValues(nodes: readonly Expression[], first: Expression, last: Expression): void {
    const layout = this.#layout;
    const group = layout.open({ start: first.start, end: last.end }, { hugAt: this.#hugAt(last) });
    for (const [index, node] of nodes.entries()) {
      if (index > 0) this.#keptGap(layout.firstOf(node), group);
      this.expression(node);
      if (node !== last) layout.separate(layout.lastOf(node), Separator.comma);
    }
  }

  /** Operands of one precedence are one group; gives its number, so that a `then` can follow it. */
  operators(node: BinaryExpression): number {
    const layout = this.#layout;
    const { operands, operators } = operatorChain(node);
    // Texts that are joined read on like one text; other operands stand below each other.
    const group = layout.open(node, { isFilled: node.operator === ".." });
    const leads = operators.some((operator) => layout.isFirstOnLine(layout.firstOf(operator)));
    for (const [index, operand] of operands.entries()) {
      const operator = operators[index - 1];
      if (operator) this.#operatorGap(layout.firstOf(operator), layout.firstOf(operand), leads, group);
      this.expression(operand);
    }
    return group;
  }

  /** The author says whether operators lead a line or end it; a chain has them all on one side. */
  #operatorGap(operator: number, operand: number, leads: boolean, group: number): void {
    const layout = this.#layout;
    const place = leads ? operator : operand;
    layout.gap(place, GapKind.kept, group);
    if (layout.isFirstOnLine(operator) || layout.isFirstOnLine(operand)) layout.keepBreak(place);
  }

  #keptGap(token: number, group: number): void {
    this.#layout.gap(token, GapKind.kept, group);
    if (this.#layout.isFirstOnLine(token)) this.#layout.keepBreak(token);
  }

  #string(node: StringExpression): void {
    const { base, tokens } = this.#layout;
    if (countBreaks(tokens.text, base + node.start, base + node.end) > 0) this.#layout.certainBreaks++;
  }

  /** `-x`, `#x`, `~x`; two minus side by side would be a comment. */
  #unary({ operator, operand }: UnaryExpression): void {
    const layout = this.#layout;
    const token = layout.firstOf(operand);
    const isSeparate = operator === "not" || (operator === "-" && layout.kindOf(token) === TokenKind.minus);
    layout.spaces[token] = isSeparate ? 1 : 0;
    this.expression(operand);
  }

  /** Parentheses are broken where the author did so, never by their length: what they hold breaks first. */
  #parenthesized(node: ParenthesizedExpression): void {
    const layout = this.#layout;
    const group = layout.open(node, { canBreak: false });
    const first = layout.firstOf(node.inner);
    const close = layout.lastOf(node);
    layout.gap(first, GapKind.inner, group);
    layout.gap(close, GapKind.close, group);
    if (layout.isBrokenBefore(first, layout.firstOf(node))) layout.breakGroup(group);
    this.expression(node.inner);
    if (layout.hasForcedBreak(layout.lastOf(node.inner), close)) layout.breakGroup(group);
  }

  #key({ key }: KeyedField): void {
    this.#insideBrackets(this.#layout.firstOf(key), this.#layout.lastOf(key));
    this.expression(key);
  }

  /** `[ [[key]] ]`: a bracket beside a long string would be read as a part of it. */
  #insideBrackets(first: number, last: number): void {
    const layout = this.#layout;
    if (layout.kindOf(first) !== TokenKind.longString && layout.kindOf(last) !== TokenKind.longString) return;
    layout.spaces[first] = 1;
    layout.spaces[layout.after(last)] = 1;
  }

  /** A name or parenthesis with its members, indexes and calls; as deep as it is long, so without recursion. */
  #suffixes(node: Suffix): void {
    const suffixes: Suffix[] = [];
    let root: Expression = node;
    while (isSuffix(root)) {
      suffixes.push(root);
      root = objectOf(root);
    }
    suffixes.reverse();
    this.#chain(node, suffixes, root);
    this.expression(root);
    for (const suffix of suffixes) this.#suffix(suffix);
  }

  #suffix(suffix: Suffix): void {
    if (suffix.kind === "IndexExpression") {
      const { key } = suffix;
      this.#insideBrackets(this.#layout.firstOf(key), this.#layout.lastOf(key));
      this.expression(key);
    } else if (suffix.kind !== "MemberExpression") this.#arguments(suffix);
  }

  #chain(node: Suffix, suffixes: readonly Suffix[], root: Expression): void {
    const layout = this.#layout;
    const places = suffixes.flatMap((suffix, index) => {
      const isMember = suffix.kind === "MemberExpression" && suffixes[index + 1]?.kind === "CallExpression";
      return isMember || suffix.kind === "MethodCall" ? [layout.firstOf(suffix.separator)] : [];
    });
    const isBroken = places.some((place) => layout.isFirstOnLine(place));
    if (places.length < callsOfChain && !isBroken) return;
    const group = layout.open(node, { canBreak: places.length >= callsOfChain });
    for (const [index, place] of places.entries()) {
      // `Builder.new()` stays together: what follows the very first name is rarely a step of its own.
      const isHead = index === 0 && root.kind === "NameExpression" && !layout.isFirstOnLine(place);
      if (!isHead) this.#keptGap(place, group);
    }
  }

  #arguments(call: CallExpression | MethodCall): void {
    const layout = this.#layout;
    const [first] = call.arguments;
    const open = layout.firstOf(call.argumentList);
    if (call.form !== "parentheses") {
      layout.spaces[open] = call.form === "string" || standsApart(call) ? 1 : 0;
      if (first) this.expression(first);
      return;
    }
    const last = call.arguments.at(-1);
    const isAlone = call.arguments.length === 1 && first !== undefined && breaksByItself(first);
    layOutList(layout, {
      open,
      close: layout.lastOf(call.argumentList),
      nodes: call.arguments,
      canBreak: !isAlone,
      hugAt: last ? this.#hugAt(last) : -1,
      visit: (node) => this.expression(node),
    });
  }

  /** A last value that goes on over several lines by itself: only its head must fit on the line. */
  #hugAt(last: Expression): number {
    const layout = this.#layout;
    if (last.kind === "TableExpression" && last.fields.length > 0) return layout.firstOf(last);
    if (last.kind === "FunctionExpression") return layout.lastOf(last.body.parameterList);
    return -1;
  }
}

function isSuffix(node: Expression): node is Suffix {
  return (
    node.kind === "MemberExpression" ||
    node.kind === "IndexExpression" ||
    node.kind === "CallExpression" ||
    node.kind === "MethodCall"
  );
}

function objectOf(suffix: Suffix): Expression {
  return suffix.kind === "CallExpression" ? suffix.callee : suffix.object;
}

/** `Agent {…}` and `worker {…}` stand apart from their table, `field.string{…}` does not. */
function standsApart(call: CallExpression | MethodCall): boolean {
  if (call.kind === "MethodCall") return false;
  const { callee } = call;
  return callee.kind !== "MemberExpression" || /^[A-Z]/.test(callee.member.text);
}

/** A single argument that breaks by itself, or for which a line of its own would win nothing. */
function breaksByItself(node: Expression): boolean {
  switch (node.kind) {
    case "TableExpression":
    case "FunctionExpression":
    case "StringExpression":
    case "NameExpression":
    case "NumberExpression":
      return true;
    case "CallExpression":
    case "MethodCall":
      return node.arguments.length > 1 || node.arguments.some(breaksByItself);
    default:
      return false;
  }
}

import type {
  AnnotatedFunction,
  AnnotatedMember,
  AnnotatedName,
  AnnotatedTable,
  AnnotatedType,
} from "#language/annotations/annotated-type.ts";
import type { Span } from "#language/syntax/tree.ts";

/** Something in an annotation that can't be understood; the rest of it still counts. */
export interface AnnotationProblem extends Span {
  readonly message: string;
}

const name = /[\p{L}_][\p{L}\p{N}_]*(?:\.[\p{L}_][\p{L}\p{N}_]*)*/uy;
const number = /-?(?:0[xX][\da-fA-F]+|\d+(?:\.\d+)?)/y;
const blank = /\s*/y;

/** Deeper than any type that a person can read; the reader is recursive. */
const deepest = 30;

/** Reads the parts of one annotation line from left to right. Positions that it gives out are `base` further on. */
export class TypeReader {
  readonly text: string;
  readonly problems: AnnotationProblem[] = [];
  readonly #base: number;
  #at: number;
  #depth = 0;

  constructor(text: string, base: number, at: number) {
    this.text = text;
    this.#base = base;
    this.#at = at;
  }

  /** Where reading stands, as an index into `text`. */
  get at(): number {
    return this.#at;
  }

  /** The type that begins here; undefined, with a problem, when none does. */
  type(expected = "A type is missing here."): AnnotatedType | undefined {
    if (this.#depth >= deepest) {
      this.problem("This type is nested too deeply to be read.");
      this.#at = this.text.length;
      return undefined;
    }
    this.#depth++;
    const type = this.#union(expected);
    this.#depth--;
    return type;
  }

  /** Types with commas between them, at least one. */
  list(): AnnotatedType[] {
    const types: AnnotatedType[] = [];
    do {
      const type = this.type();
      if (!type) break;
      types.push(type);
    } while (this.take(","));
    return types;
  }

  /** A name, dots included, or undefined. */
  name(): { readonly text: string; readonly span: Span } | undefined {
    this.skipBlanks();
    const start = this.#at;
    const text = this.#match(name);
    return text === undefined ? undefined : { text, span: this.span(start) };
  }

  /** Where `...` stands, if it comes next. */
  dots(): Span | undefined {
    this.skipBlanks();
    const start = this.#at;
    return this.take("...") ? this.span(start) : undefined;
  }

  /** Takes `symbol` if it comes next, blanks before it included. */
  take(symbol: string): boolean {
    const start = this.#at;
    this.skipBlanks();
    if (this.text.startsWith(symbol, this.#at)) {
      this.#at += symbol.length;
      return true;
    }
    this.#at = start;
    return false;
  }

  skipBlanks(): void {
    this.#match(blank);
  }

  /** What is left of the line, without the `#` or `@` that may stand before a description. */
  rest(): string {
    const left = this.text.slice(this.#at).trim();
    this.#at = this.text.length;
    return left.replace(/^(?:[#@]|[-–:](?=\s))\s*/, "");
  }

  problem(message: string, start = this.#at, end = Math.max(start, this.#at)): void {
    this.problems.push({ ...this.#between(start, end), message });
  }

  /** From an index in `text` to where reading stands. */
  span(start: number): Span {
    return this.#between(start, this.#at);
  }

  #union(expected: string): AnnotatedType | undefined {
    this.skipBlanks();
    const start = this.#at;
    this.take("|");
    const first = this.#suffixed(expected);
    if (!first) return undefined;
    const members = [first];
    while (this.take("|")) {
      const member = this.#suffixed("A type is missing after `|`.");
      if (member) members.push(member);
    }
    return members.length === 1 ? first : { kind: "union", members, ...this.span(start) };
  }

  #suffixed(expected: string): AnnotatedType | undefined {
    this.skipBlanks();
    const start = this.#at;
    let type = this.#primary(expected);
    while (type) {
      if (this.text.startsWith("[]", this.#at)) {
        this.#at += 2;
        type = { kind: "list", element: type, ...this.span(start) };
      } else if (this.text[this.#at] === "?") {
        this.#at++;
        const span = this.#between(this.#at - 1, this.#at);
        const nil: AnnotatedName = { kind: "name", name: "nil", nameSpan: span, arguments: [], ...span };
        type = { kind: "union", members: [type, nil], ...this.span(start) };
      } else break;
    }
    return type;
  }

  #primary(expected: string): AnnotatedType | undefined {
    const start = this.#at;
    if (this.take("(")) return this.#parenthesized(start);
    if (this.take("{")) return this.#table(start);
    if (this.take("[")) {
      const elements = this.list();
      this.#close("]", start);
      return this.#listOf(elements, start);
    }
    this.take("...");
    return this.#literal() ?? this.#named() ?? this.#nothing(expected);
  }

  #parenthesized(start: number): AnnotatedType | undefined {
    const elements = this.list();
    this.#close(")", start);
    const [only] = elements;
    return elements.length > 1 ? this.#listOf(elements, start) : only;
  }

  #listOf(members: readonly AnnotatedType[], start: number): AnnotatedType | undefined {
    const [only] = members;
    if (!only) return undefined;
    const span = this.span(start);
    const element: AnnotatedType = members.length > 1 ? { kind: "union", members, ...span } : only;
    return { kind: "list", element, ...span };
  }

  #literal(): AnnotatedType | undefined {
    const start = this.#at;
    const quote = this.text[start];
    if (quote === '"' || quote === "'") {
      const end = this.text.indexOf(quote, start + 1);
      this.#at = end < 0 ? this.text.length : end + 1;
      if (end < 0) this.problem(`This text has no closing ${quote}.`, start);
      return { kind: "literal", value: this.#unquoted(start, end), ...this.span(start) };
    }
    const digits = this.#match(number);
    return digits === undefined ? undefined : { kind: "literal", value: Number(digits), ...this.span(start) };
  }

  /** Older annotations quote twice: `'"r"'`. */
  #unquoted(start: number, end: number): string {
    const inner = this.text.slice(start + 1, end < 0 ? this.text.length : end);
    return /^"[^"]*"$/.test(inner) ? inner.slice(1, -1) : inner;
  }

  #named(): AnnotatedType | undefined {
    this.take("`");
    const start = this.#at;
    const found = this.name();
    if (!found) return undefined;
    const { text, span } = found;
    this.take("`");
    if (text === "fun" && this.text[this.#at] === "(") return this.#function(start);
    if (text === "true" || text === "false") return { kind: "literal", value: text === "true", ...span };
    const typeArguments = this.text[this.#at] === "<" ? this.#typeArguments() : [];
    const [key, value] = typeArguments;
    if (text === "table" && key && value) return { kind: "map", key, value, ...this.span(start) };
    return { kind: "name", name: text, nameSpan: span, arguments: typeArguments, ...this.span(start) };
  }

  #typeArguments(): AnnotatedType[] {
    const start = this.#at++;
    const types = this.list();
    this.#close(">", start);
    return types;
  }

  #function(start: number): AnnotatedFunction {
    const open = this.#at++;
    const parameters: AnnotatedMember[] = [];
    while (!this.#atClose(")")) {
      if (!this.#member(parameters)) break;
      if (!this.take(",")) break;
    }
    this.#close(")", open);
    const returns = this.take(":") ? this.#returns() : [];
    return { kind: "function", parameters, returns, ...this.span(start) };
  }

  /** A list only where no comma of something around it could be meant; in parentheses the results may have names. */
  #returns(): AnnotatedType[] {
    const open = this.#at;
    if (!this.take("(")) {
      if (this.#depth === 1) return this.list();
      const only = this.type();
      return only ? [only] : [];
    }
    const returns: AnnotatedType[] = [];
    do {
      const start = this.#at;
      if (!this.name() || !this.take(":")) this.#at = start;
      const type = this.type();
      if (type) returns.push(type);
    } while (this.take(","));
    this.#close(")", open);
    return returns;
  }

  #table(start: number): AnnotatedTable {
    const fields: AnnotatedMember[] = [];
    let index: AnnotatedTable["index"];
    while (!this.#atClose("}")) {
      const open = this.#at;
      if (this.take("[")) {
        index = this.#index(open) ?? index;
      } else if (!this.#member(fields)) break;
      if (!this.take(",") && !this.take(";")) break;
    }
    this.#close("}", start);
    return { kind: "table", fields, ...(index && { index }), ...this.span(start) };
  }

  #index(open: number): AnnotatedTable["index"] {
    const key = this.type();
    this.#close("]", open);
    const value = this.take(":") ? this.type() : undefined;
    return key && value ? { key, value } : undefined;
  }

  #member(members: AnnotatedMember[]): boolean {
    const dots = this.dots();
    const found = dots ? { text: "...", span: dots } : this.name();
    if (!found) {
      this.problem("A name is missing here.");
      return false;
    }
    const isOptional = this.take("?");
    const type = this.take(":") ? this.type("A type is missing after `:`.") : undefined;
    members.push({ name: found.text, nameSpan: found.span, isOptional, ...(type && { type }) });
    return true;
  }

  #nothing(expected: string): undefined {
    this.problem(expected);
    return undefined;
  }

  #atClose(symbol: string): boolean {
    this.skipBlanks();
    return this.#at >= this.text.length || this.text[this.#at] === symbol;
  }

  #close(symbol: string, start: number): void {
    if (!this.take(symbol)) this.problem(`A \`${symbol}\` is missing.`, start);
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.text)?.[0];
    if (found === undefined) return undefined;
    this.#at += found.length;
    return found;
  }

  #between(start: number, end: number): Span {
    return { start: this.#base + start, end: this.#base + end };
  }
}

import type { Span } from "#language/syntax/tree.ts";
import {
  anyByte,
  type ByteClass,
  byteRange,
  complement,
  escapedClass,
  noByte,
  oneByte,
} from "#language/text-checks/byte-class.ts";

/** A Lua pattern taken apart. Spans are UTF-16 offsets in the pattern's text. */
export interface LuaPattern {
  readonly text: string;
  /** Begins with `^`. */
  readonly isAnchored: boolean;
  /** What it matches one behind the other; captures are left out. */
  readonly items: readonly PatternItem[];
  /** How many captures it has, those of a position included. */
  readonly captures: number;
  /** Why Lua refuses it, in Lua's own words; Lua itself notices only when it comes there. */
  readonly problems: readonly PatternRemark[];
  /** What it does, but hardly what was meant. */
  readonly traps: readonly PatternRemark[];
}

interface PatternRemark extends Span {
  readonly message: string;
}

export type PatternItem = SingleItem | BalancedItem | FrontierItem | ReferenceItem | EndItem;

/** One byte of a class, perhaps repeated. */
export interface SingleItem extends Span {
  readonly kind: "single";
  readonly bytes: ByteClass;
  readonly repeat: Repeat;
}

/** Once, or as often as `*`, `+`, `-` and `?` say. */
type Repeat = "once" | "*" | "+" | "-" | "?";

/** `%b()`. */
interface BalancedItem extends Span {
  readonly kind: "balanced";
  readonly open: number;
}

/** `%f[set]`. */
interface FrontierItem extends Span {
  readonly kind: "frontier";
  readonly bytes: ByteClass;
}

/** `%1`. */
interface ReferenceItem extends Span {
  readonly kind: "reference";
}

/** The `$` at the end. */
interface EndItem extends Span {
  readonly kind: "end";
}

/** Longer ones are made by programs, and are not read. */
const longestPattern = 10_000;

/** Limits of Lua 5.4: captures of a pattern, and nested calls of its matcher. */
const mostCaptures = 32;
const mostNested = 199;

/**
 * Takes a pattern apart as Lua 5.4 reads it, to the first error. `^` in front is an anchor unless `anchors` is false,
 * as in `string.gmatch`, where it is a character like others. Patterns work on bytes; the text is taken as UTF-8. One of
 * more than 10,000 characters comes out empty.
 */
export function parseLuaPattern(text: string, { anchors = true } = {}): LuaPattern {
  return new PatternReader(text.length > longestPattern ? "" : text).read(anchors);
}

class PatternReader {
  readonly #text: string;
  readonly #bytes: Uint8Array;
  /** UTF-16 offset of the character that each byte belongs to, and of the end. */
  readonly #offsets: Uint32Array;
  readonly #items: PatternItem[] = [];
  readonly #problems: PatternRemark[] = [];
  readonly #traps: PatternRemark[] = [];
  /** Captures that are still open, innermost last, and those that are closed. */
  readonly #open: { readonly index: number; readonly at: number }[] = [];
  readonly #closed = new Set<number>();
  #captures = 0;
  #nested = 0;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
    this.#bytes = new TextEncoder().encode(text);
    this.#offsets = byteOffsets(text, this.#bytes.length);
  }

  read(anchors: boolean): LuaPattern {
    const isAnchored = anchors && this.#is(0, "^");
    if (isAnchored) this.#at = 1;
    while (this.#at < this.#bytes.length && this.#problems.length === 0) this.#readItem();
    const [unfinished] = this.#open;
    if (unfinished && this.#problems.length === 0)
      this.#fail("unfinished capture", unfinished.at, unfinished.at + 1);
    return {
      text: this.#text,
      isAnchored,
      items: this.#items,
      captures: this.#captures,
      problems: this.#problems,
      traps: this.#traps,
    };
  }

  #readItem(): void {
    const start = this.#at;
    if (this.#is(start, "(")) this.#openCapture(start);
    else if (this.#is(start, ")")) this.#closeCapture(start);
    else if (this.#is(start, "$") && start + 1 === this.#bytes.length) {
      this.#at++;
      this.#items.push({ kind: "end", ...this.#span(start) });
    } else if (this.#is(start, "%") && this.#is(start + 1, "b")) this.#balanced(start);
    else if (this.#is(start, "%") && this.#is(start + 1, "f")) this.#frontier(start);
    else if (this.#is(start, "%") && isDigit(this.#bytes[start + 1])) this.#reference(start);
    else this.#single(start);
  }

  #openCapture(start: number): void {
    this.#at++;
    const index = this.#captures++;
    if (this.#captures > mostCaptures) this.#fail("too many captures", start, start + 1);
    this.#nest(start);
    if (!this.#is(this.#at, ")")) {
      this.#open.push({ index, at: start });
      return;
    }
    this.#at++;
    this.#closed.add(index);
    this.#noteIdleRepeat("a position capture");
  }

  #closeCapture(start: number): void {
    this.#at++;
    const capture = this.#open.pop();
    if (!capture) {
      this.#fail("invalid pattern capture", start, start + 1);
      return;
    }
    this.#closed.add(capture.index);
    this.#nest(start);
    this.#noteIdleRepeat("a capture");
  }

  #balanced(start: number): void {
    const open = this.#bytes[start + 2];
    if (open === undefined || start + 3 >= this.#bytes.length) {
      this.#fail("malformed pattern (missing arguments to '%b')", start, this.#bytes.length);
      return;
    }
    this.#at = start + 4;
    this.#items.push({ kind: "balanced", open, ...this.#span(start) });
    this.#noteIdleRepeat("`%b`");
  }

  #frontier(start: number): void {
    this.#at = start + 2;
    if (!this.#is(this.#at, "[")) {
      this.#fail("missing '[' after '%f' in pattern", start, start + 2);
      return;
    }
    const bytes = this.#class();
    if (bytes === undefined) return;
    this.#items.push({ kind: "frontier", bytes, ...this.#span(start) });
    this.#noteIdleRepeat("`%f`");
  }

  #reference(start: number): void {
    const number = (this.#bytes[start + 1] ?? 0) - 0x30;
    if (!this.#closed.has(number - 1)) {
      this.#fail(`invalid capture index %${number}`, start, start + 2);
      return;
    }
    this.#at = start + 2;
    this.#items.push({ kind: "reference", ...this.#span(start) });
    this.#noteIdleRepeat("a repeated capture");
  }

  #single(start: number): void {
    const bytes = this.#class();
    if (bytes === undefined) return;
    const repeat = this.#repeat();
    if (repeat !== "once") {
      this.#nest(start);
      this.#noteSplitCharacter(start);
    }
    this.#items.push({ kind: "single", bytes, repeat, ...this.#span(start) });
  }

  #repeat(): Repeat {
    const character = String.fromCharCode(this.#bytes[this.#at] ?? 0);
    if (character !== "*" && character !== "+" && character !== "-" && character !== "?") return "once";
    this.#at++;
    return character;
  }

  /** The class that begins here; moves behind it. Undefined, with a problem, when it has no end. */
  #class(): ByteClass | undefined {
    const start = this.#at++;
    const byte = this.#bytes[start] ?? 0;
    if (byte === code("[")) return this.#set(start);
    if (byte !== code("%")) return byte === code(".") ? anyByte : oneByte(byte);
    const escaped = this.#bytes[this.#at++];
    if (escaped === undefined) this.#fail("malformed pattern (ends with '%')", start, start + 1);
    return escaped === undefined ? undefined : escapedClass(escaped);
  }

  #set(start: number): ByteClass | undefined {
    const isNegated = this.#is(this.#at, "^");
    if (isNegated) this.#at++;
    const end = this.#setEnd(this.#at);
    if (end === undefined) {
      this.#fail("malformed pattern (missing ']')", start, this.#bytes.length);
      return undefined;
    }
    let bytes = noByte;
    while (this.#at < end) bytes |= this.#member(end);
    this.#at = end + 1;
    return isNegated ? complement(bytes) : bytes;
  }

  /** Index of the `]`, which is no end right at the start. */
  #setEnd(from: number): number | undefined {
    let at = from;
    do {
      if (at >= this.#bytes.length) return undefined;
      at += this.#is(at, "%") ? 2 : 1;
    } while (!this.#is(at, "]"));
    return at;
  }

  #member(end: number): ByteClass {
    const first = this.#bytes[this.#at++] ?? 0;
    if (first === code("%")) return escapedClass(this.#bytes[this.#at++] ?? 0);
    if (!this.#is(this.#at, "-") || this.#at + 1 >= end) return oneByte(first);
    const last = this.#bytes[this.#at + 1] ?? 0;
    this.#at += 2;
    return byteRange(first, last);
  }

  /** Each of these is a call of the matcher inside another one. */
  #nest(start: number): void {
    this.#nested++;
    if (this.#nested === mostNested + 1) this.#fail("pattern too complex", start, start + 1);
  }

  /** `*` and the like repeat single characters only; behind anything else they are characters themselves. */
  #noteIdleRepeat(what: string): void {
    const character = String.fromCharCode(this.#bytes[this.#at] ?? 0);
    if (!/[*+?]/.test(character)) return;
    const message = `\`${character}\` behind ${what} repeats nothing: it stands for the character itself. Write \`%${character}\` if you mean that.`;
    this.#traps.push({ ...this.#between(this.#at, this.#at + 1), message });
  }

  #noteSplitCharacter(start: number): void {
    const isWhole = (this.#bytes[start] ?? 0) < 0x80;
    if (isWhole) return;
    const message = "A letter beyond ASCII is several bytes, and only the last of them is repeated here.";
    this.#traps.push({ ...this.#span(start), message });
  }

  #fail(message: string, start: number, end: number): void {
    this.#problems.push({ ...this.#between(start, end), message });
    this.#at = this.#bytes.length;
  }

  #is(index: number, character: string): boolean {
    return this.#bytes[index] === code(character);
  }

  #span(start: number): Span {
    return this.#between(start, this.#at);
  }

  #between(start: number, end: number): Span {
    const last = this.#text.length;
    return {
      start: this.#offsets[start] ?? last,
      end: this.#offsets[Math.min(end, this.#bytes.length)] ?? last,
    };
  }
}

function byteOffsets(text: string, length: number): Uint32Array {
  const offsets = new Uint32Array(length + 1);
  let byte = 0;
  let offset = 0;
  for (const character of text) {
    const point = character.codePointAt(0) ?? 0;
    const count = point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
    offsets.fill(offset, byte, byte + count);
    byte += count;
    offset += character.length;
  }
  offsets[length] = text.length;
  return offsets;
}

function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 0x30 && byte <= 0x39;
}

function code(character: string): number {
  return character.charCodeAt(0);
}

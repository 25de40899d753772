import type { BarePlace } from "#language/sidecar/bare-place.ts";
import type { ConfigKind } from "#language/sidecar/config-kind.ts";
import type { ConfigPath } from "#language/sidecar/config-path.ts";
import { lineStartAt } from "#language/sidecar/line-start.ts";
import { placeKindAt } from "#language/sidecar/schema-words.ts";
import type { Span } from "#language/syntax/tree.ts";

/** A line of block style: `  - - key: value`. Columns count from the start of the line. */
interface BlockLine {
  readonly dashes: readonly number[];
  /** Where what is behind the dashes begins. */
  readonly column: number;
  readonly key: { readonly name: string; readonly end: number; readonly colon: number } | undefined;
  /** What is behind the colon, or behind the dashes, without a comment. */
  readonly value: string;
  readonly isEmpty: boolean;
}

/** A key with its colon. Looser than YAML where a line is half typed. */
const keyPattern =
  /^(?:"(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[^\s#"'{}[\],&*!|>%@`:-][^#:]*?|[\w$][^#]*?)[ \t]*:(?=[ \t]|$)/;

/** What a line says by itself, whatever stands around it. */
function readLine(line: string): BlockLine {
  const dashes: number[] = [];
  let column = /^[ \t]*/.exec(line)?.[0].length ?? 0;
  for (
    let dash = /^-([ \t]+|$)/.exec(line.slice(column));
    dash;
    dash = /^-([ \t]+|$)/.exec(line.slice(column))
  ) {
    dashes.push(column);
    column += dash[0].length;
  }
  const rest = line.slice(column);
  const written = keyPattern.exec(rest)?.[0];
  const value = withoutComment(written === undefined ? rest : rest.slice(written.length));
  const name = written?.slice(0, -1).trimEnd() ?? "";
  return {
    dashes,
    column,
    key: written === undefined ? undefined : keyOf(name, column, column + written.length - 1),
    value: value.trim(),
    isEmpty: /^\s*(#.*)?$/.test(line) || /^(---|\.\.\.|%)/.test(line),
  };
}

function keyOf(written: string, column: number, colon: number): NonNullable<BlockLine["key"]> {
  return { name: written.replace(/^(["'])(.*)\1$/, "$2"), end: column + written.length, colon };
}

function withoutComment(text: string): string {
  return text.replace(/(^|\s)#.*$/, "");
}

/** The place of the cursor outside of brackets; undefined in comments and in block texts. */
export function blockPlace(text: string, offset: number, kind: ConfigKind): BarePlace | undefined {
  const lineStart = lineStartAt(text, offset);
  const found = text.indexOf("\n", offset);
  const line = text.slice(lineStart, found < 0 ? text.length : found).replace(/\r$/, "");
  const column = offset - lineStart;
  if (isComment(line.slice(0, column))) return undefined;
  const { key, dashes, column: content } = readLine(line);
  const level = line.trim() === "" ? column : content;
  if (column < level) return undefined;
  const above = linesAbove(text, lineStart);
  const around = ancestors(above, dashes[0] ?? level, dashes.length > 0);
  if (!around) return undefined;
  const base: ConfigPath = [...around.path, ...dashes.map((_, index) => (index === 0 ? around.index : 0))];
  if (key && column > key.colon)
    return valuePlace([...base, key.name], line, key.colon + 1, column, lineStart);
  if (key) return keyPlace(base, { start: content, end: key.end }, true, line, lineStart);
  if (dashes.length > 0) return valuePlace(base, line, content, column, lineStart);
  const place = placeKindAt(base, kind);
  if (place === undefined || around.hasValue) return undefined;
  const word = {
    start: Math.min(content, column),
    end: Math.max(column, withoutComment(line).trimEnd().length),
  };
  if (place === "mapping" || place === "names") return keyPlace(base, word, false, line, lineStart);
  return valuePlace(base, line, word.start, column, lineStart);
}

/** Whether the cursor stands behind a `#` that is no part of a text. */
function isComment(prefix: string): boolean {
  const withoutTexts = prefix.replace(/"(?:[^"\\]|\\.)*"|'(?:[^']|'')*'/g, (quoted) =>
    "x".repeat(quoted.length),
  );
  return /(^|\s)#/.test(withoutTexts);
}

/** Quotes around a key stay as they are; the last one may be missing. */
function keyPlace(
  path: ConfigPath,
  word: Span,
  hasColon: boolean,
  line: string,
  lineStart: number,
): BarePlace {
  const quote = /^(["'])[^\n]*?(\1?)$/.exec(line.slice(word.start, word.end));
  const isQuoted = quote !== null && word.end > word.start + 1;
  const inner = isQuoted ? { start: word.start + 1, end: word.end - (quote[2] === "" ? 0 : 1) } : word;
  const replace = { start: lineStart + inner.start, end: lineStart + inner.end };
  return { role: "key", path, replace, isQuoted, isFlow: false, hasColon };
}

/** From the first letter behind the colon or the dash to the end of the value, comments excepted. */
function valuePlace(
  path: ConfigPath,
  line: string,
  from: number,
  column: number,
  lineStart: number,
): BarePlace | undefined {
  const blanks = /^[ \t]*/.exec(line.slice(from))?.[0].length ?? 0;
  const start = Math.min(from + blanks, Math.max(from, column));
  const written = line.slice(start);
  const quoted = /^(["'])(.*?)(?:\1|$)/.exec(written);
  if (quoted && column > start) {
    const inside = { start: start + 1, end: Math.max(column, start + 1 + (quoted[2]?.length ?? 0)) };
    return { ...blockValue(path, inside, lineStart), isQuoted: true };
  }
  if (/^[|>]/.test(written) && column > start) return undefined;
  const end = start + withoutComment(written).trimEnd().length;
  return blockValue(path, { start, end: Math.max(column, end) }, lineStart);
}

function blockValue(path: ConfigPath, { start, end }: Span, lineStart: number): BarePlace {
  const replace = { start: lineStart + start, end: lineStart + end };
  return { role: "value", path, replace, isQuoted: false, isFlow: false, hasColon: false };
}

/** What stands further to the right tells nothing of the structure. */
const longestHead = 2000;

/** The lines above one, the nearest first. */
function* linesAbove(text: string, lineStart: number): Generator<string> {
  for (let end = lineStart - 1; end >= 0; ) {
    const start = lineStartAt(text, end);
    yield text.slice(start, Math.min(end, start + longestHead)).replace(/\r$/, "");
    end = start - 1;
  }
}

interface Ancestors {
  readonly path: ConfigPath;
  /** Of an item: how many items of its list stand above it. */
  readonly index: number;
  /** The key above has a value on its own line already. */
  readonly hasValue: boolean;
}

/**
 * The keys around a column, read upwards by indentation alone: what is broken elsewhere does not matter. Undefined
 * inside a block text. An item of a list may stand in the column of the key that holds it.
 */
function ancestors(above: Iterable<string>, from: number, isItem: boolean): Ancestors | undefined {
  const climb = new Climb(from, isItem);
  for (const text of above) {
    if (climb.isAtTop) break;
    const line = readLine(text);
    if (!line.isEmpty) climb.take(line);
  }
  return climb.isInBlockText ? undefined : climb;
}

/** The way up from a column, line by line. */
class Climb implements Ancestors {
  readonly path: Array<string | number> = [];
  index = 0;
  hasValue = false;
  isInBlockText = false;
  #column: number;
  #inList: boolean;
  /** How many items of the list around stand above. */
  #items = 0;
  #isFirst = true;

  constructor(column: number, isItem: boolean) {
    this.#column = column;
    this.#inList = isItem;
  }

  /** Nothing above can hold what stands in the first column. */
  get isAtTop(): boolean {
    return this.#column === 0 && !this.#inList;
  }

  /** The next line above: a sibling, a key that holds us, or nothing that matters. */
  take(line: BlockLine): void {
    const isSibling = this.#inList && line.dashes.includes(this.#column);
    if (isSibling) this.#items += 1;
    else if (line.key && (this.#inList ? line.column <= this.#column : line.column < this.#column))
      this.#enter(line, line.key.name);
    else if (!this.#inList) this.#enterItem(line);
  }

  /** A key that holds where we are. */
  #enter(line: BlockLine, name: string): void {
    if (this.#isFirst) {
      this.#isFirst = false;
      this.index = this.#items;
      this.isInBlockText = /^[|>][-+\d]*$/.test(line.value);
      this.hasValue = line.value !== "" && !/^[&!]\S*$/.test(line.value);
    } else if (this.#inList) this.path.unshift(this.#items);
    this.path.unshift(name);
    this.#inList = line.dashes.length > 0;
    this.#column = line.dashes.at(-1) ?? line.column;
    this.#items = 0;
  }

  /** The first line of the item that we are in: `- key: value`. */
  #enterItem({ dashes, column }: BlockLine): void {
    const dash = dashes.findLast((each) => each < this.#column);
    if (dash === undefined || column < this.#column) return;
    this.#inList = true;
    this.#column = dash;
    this.#items = 0;
    this.#isFirst = false;
  }
}

import type { BarePlace } from "#language/sidecar/bare-place.ts";
import type { ConfigPath } from "#language/sidecar/config-path.ts";
import { lineStartAt } from "#language/sidecar/line-start.ts";
import type { Span } from "#language/syntax/tree.ts";

/** One pair of brackets that is open at the cursor. */
interface Level {
  readonly isMapping: boolean;
  /** Where the current entry or item begins. */
  start: number;
  /** The key of the current entry, once its colon was passed. */
  key: string | undefined;
  index: number;
}

/** The place of the cursor in braces and brackets; undefined when it stands behind the last of them, or in a comment. */
export function flowPlace(
  text: string,
  outer: { readonly start: number; readonly path: ConfigPath },
  offset: number,
): BarePlace | undefined {
  const scan = scanFlow(text, outer.start, offset);
  const level = scan.levels.at(-1);
  if (!level || scan.isComment) return undefined;
  const path = [...outer.path];
  for (const each of scan.levels.slice(0, -1)) path.push(each.isMapping ? (each.key ?? "") : each.index);
  const span = valueSpan(text, level.start, offset, scan.quote);
  const shared = { isFlow: true, isQuoted: scan.quote !== undefined, replace: span };
  if (level.isMapping && level.key === undefined) {
    const hasColon = /^["']?[ \t]*:/.test(text.slice(span.end, span.end + 40));
    return { ...shared, role: "key", path, hasColon };
  }
  const step = level.isMapping ? (level.key ?? "") : level.index;
  return { ...shared, role: "value", path: [...path, step], hasColon: false };
}

/** What is open at the cursor. */
interface Scan {
  readonly levels: Level[];
  /** Where a quoted text began that is open at the cursor. */
  readonly quote: number | undefined;
  readonly isComment: boolean;
}

/** Reads from an opening bracket to the cursor. */
function scanFlow(text: string, start: number, offset: number): Scan {
  const levels: Level[] = [];
  for (let at = start; at < offset; at++) {
    const letter = text[at] ?? "";
    const level = levels.at(-1);
    if (letter === '"' || letter === "'") {
      const end = quoteEnd(text, at);
      if (end >= offset) return { levels, quote: at, isComment: false };
      at = end;
    } else if (letter === "#" && /\s/.test(text[at - 1] ?? " ")) {
      const end = text.indexOf("\n", at);
      if (end < 0 || end >= offset) return { levels, quote: undefined, isComment: true };
      at = end;
    } else if (letter === "{" || letter === "[")
      levels.push({ isMapping: letter === "{", start: at + 1, key: undefined, index: 0 });
    else if (letter === "}" || letter === "]") levels.pop();
    else if (level && letter === ",")
      Object.assign(level, { start: at + 1, key: undefined, index: level.index + 1 });
    else if (level?.isMapping && letter === ":" && /[\s,}\]"'[{]|^$/.test(text[at + 1] ?? "")) {
      level.key ??= text
        .slice(level.start, at)
        .trim()
        .replace(/^(["'])(.*)\1$/s, "$2");
      level.start = at + 1;
    }
  }
  return { levels, quote: undefined, isComment: false };
}

/** Where a quoted text ends, its quote included; the end of the text when it is not closed. */
function quoteEnd(text: string, start: number): number {
  const quote = text[start];
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] === "\\" && quote === '"') at++;
    else if (text[at] === quote && quote === "'" && text[at + 1] === quote) at++;
    else if (text[at] === quote) return at;
  }
  return text.length;
}

/** The text around the cursor on its line, between the separators. */
function valueSpan(text: string, from: number, offset: number, quote: number | undefined): Span {
  if (quote !== undefined) {
    const end = quoteEnd(text, quote);
    const lineStart = lineStartAt(text, offset);
    const lineEnd = lineEndAt(text, offset);
    return { start: Math.max(quote + 1, lineStart), end: Math.max(offset, Math.min(end, lineEnd)) };
  }
  let start = Math.max(from, lineStartAt(text, offset));
  while (start < offset && /\s/.test(text[start] ?? "")) start++;
  let end = offset;
  const lineEnd = lineEndAt(text, offset);
  while (end < lineEnd && !/[,:}\]#]/.test(text[end] ?? "")) end++;
  while (end > offset && /\s/.test(text[end - 1] ?? "")) end--;
  return { start, end };
}

function lineEndAt(text: string, offset: number): number {
  const end = /[\r\n]/g;
  end.lastIndex = offset;
  return end.exec(text)?.index ?? text.length;
}

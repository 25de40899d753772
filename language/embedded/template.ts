import type { Span } from "#language/syntax/tree.ts";

/** `{namespace.path}` in a prompt; spans are offsets in the text, the braces included. */
export interface Placeholder extends Span {
  readonly path: readonly PlaceholderPart[];
}

/** One name between dots, brace and brace. */
interface PlaceholderPart extends Span {
  readonly text: string;
}

/** A placeholder around a place, complete or just being written. */
export interface PlaceholderAt extends Placeholder {
  /** Which part the place is in, or at the end of. */
  readonly index: number;
  /** It has its closing brace. */
  readonly isClosed: boolean;
}

/** As the runtime finds them; `\u{…}` is an escape of Lua where the text is source, and no placeholder. */
const placeholder = /(?<!\\u)\{([A-Za-z_]\w*(?:\.\w+)*)\}/g;

/**
 * The placeholders of a text. What else has braces is none: JSON, code, and names in doubled braces, which belong to
 * other template languages. The text may be a string's value or its source between the quotes.
 */
export function parseTemplate(text: string): Placeholder[] {
  const found: Placeholder[] = [];
  for (const match of text.matchAll(placeholder)) {
    const start = match.index;
    const end = start + match[0].length;
    if (text[start - 1] === "{" && text[end] === "}") continue;
    found.push({ start, end, path: partsOf(match[1] ?? "", start + 1) });
  }
  return found;
}

/** The placeholder that a place lies in, for completion and hover: also `{input.` and `{` before anything follows. */
export function placeholderAt(text: string, offset: number): PlaceholderAt | undefined {
  const start = openBefore(text, offset);
  if (start === undefined) return undefined;
  const path = /^[\w.]*/.exec(text.slice(start + 1, start + 1 + longestPath))?.[0] ?? "";
  const close = start + 1 + path.length;
  const isClosed = text[close] === "}";
  const isDoubled = text[start - 1] === "{" && (!isClosed || text[close + 1] === "}");
  if (isDoubled || /^\d/.test(path) || text.slice(start - 2, start) === "\\u") return undefined;
  const parts = partsOf(path, start + 1);
  const index = parts.findIndex((part) => offset <= part.end);
  return { start, end: isClosed ? close + 1 : close, path: parts, index, isClosed };
}

/** No path of names is longer, and a search backwards stops there. */
const longestPath = 200;

/** Where the brace stands whose path reaches to the place. */
function openBefore(text: string, offset: number): number | undefined {
  const least = Math.max(0, offset - longestPath);
  let at = offset - 1;
  while (at >= least && /[\w.]/.test(text[at] ?? "")) at--;
  return at >= least && text[at] === "{" ? at : undefined;
}

function partsOf(path: string, start: number): PlaceholderPart[] {
  let at = start;
  return path.split(".").map((text) => {
    const part = { text, start: at, end: at + text.length };
    at = part.end + 1;
    return part;
  });
}

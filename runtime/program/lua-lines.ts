/** What a line of Lua text begins with, outside of any block, table, string or comment. */
export interface TopLevelLine {
  /** From 0. */
  readonly index: number;
  /** The line without leading blanks. */
  readonly text: string;
}

const openers: ReadonlySet<string> = new Set(["function", "do", "if", "repeat", "{", "(", "["]);
const closers: ReadonlySet<string> = new Set(["end", "until", "}", ")", "]"]);
const token =
  /--\[(=*)\[|--[^\n]*|\[(=*)\[|"(?:\\[\s\S]|[^"\\\n])*"?|'(?:\\[\s\S]|[^'\\\n])*'?|[A-Za-z_]\w*|[{}()[\]]|\n/g;

/**
 * The lines that begin at the top level of a chunk. Blocks, tables, long strings and comments are skipped as Lua
 * sees them; broken text gives some answer, since the compiler reports it anyway.
 */
export function topLevelLines(source: string): readonly TopLevelLine[] {
  const lines = source.split("\n");
  const inside = linesInside(source);
  return lines.flatMap((line, index) => {
    const text = line.trimStart();
    return inside.has(index) || text === "" || text.startsWith("--") ? [] : [{ index, text }];
  });
}

/** Lines whose start lies in something that an earlier line opened. */
function linesInside(source: string): ReadonlySet<number> {
  const inside = new Set<number>();
  let depth = 0;
  let line = 0;
  token.lastIndex = 0;
  for (let match = token.exec(source); match; match = token.exec(source)) {
    const [text] = match;
    const level = match[1] ?? match[2];
    if (text === "\n") {
      line++;
      if (depth > 0) inside.add(line);
    } else if (level !== undefined) {
      const end = longBracketEnd(source, token.lastIndex, level);
      const lineBreaks = source.slice(match.index, end).split("\n").length - 1;
      for (let skipped = 0; skipped < lineBreaks; skipped++) inside.add(++line);
      token.lastIndex = end;
    } else if (openers.has(text)) depth++;
    else if (closers.has(text)) depth--;
  }
  return inside;
}

function longBracketEnd(source: string, from: number, level: string): number {
  const closing = `]${level}]`;
  const found = source.indexOf(closing, from);
  return found === -1 ? source.length : found + closing.length;
}

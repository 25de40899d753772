import { TokenKind } from "#language/syntax/tokens.ts";

/** Lua's words that can't be names, in the order of their token kinds. */
export const keywords = [
  "and",
  "break",
  "do",
  "else",
  "elseif",
  "end",
  "false",
  "for",
  "function",
  "goto",
  "if",
  "in",
  "local",
  "nil",
  "not",
  "or",
  "repeat",
  "return",
  "then",
  "true",
  "until",
  "while",
] as const;

const shortest = 2;
const longest = 8;
const lowercaseA = 97;

/** Keywords that begin with a letter and have a length; never more than two. */
const bySlot: ReadonlyArray<readonly string[] | undefined> = Array.from({ length: 26 * 8 }, (_, slot) => {
  const found = keywords.filter((word) => slotOf(word.charCodeAt(0), word.length) === slot);
  return found.length > 0 ? found : undefined;
});

/** The kind of the word between two offsets: a keyword's, or `name`. Compares with two words at most. */
export function wordKind(text: string, start: number, end: number): TokenKind {
  const length = end - start;
  if (length < shortest || length > longest) return TokenKind.name;
  const candidates = bySlot[slotOf(text.charCodeAt(start), length)];
  if (candidates === undefined) return TokenKind.name;
  for (const word of candidates) {
    if (text.startsWith(word, start)) return TokenKind[word as (typeof keywords)[number]];
  }
  return TokenKind.name;
}

function slotOf(first: number, length: number): number {
  return (first - lowercaseA) * 8 + length - 1;
}

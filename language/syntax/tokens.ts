/**
 * The tokens of a whole text, in typed arrays: white space and comments are tokens too, so that the tokens side by
 * side are the text. Positions are UTF-16 offsets into `text`.
 */
export interface TokenBuffer {
  readonly text: string;
  /** How many tokens; the last one is `endOfFile` and has no width. */
  readonly count: number;
  /** A `TokenKind` each. */
  readonly kinds: Uint8Array;
  /** Where each starts; token `i` ends where `i + 1` starts, the last one at the end of the text. */
  readonly starts: Uint32Array;
  /** `TokenFlag` bits each. */
  readonly flags: Uint8Array;
}

/** What a token is. Numbers are stable within one build only. */
export const TokenKind = {
  endOfFile: 0,
  /** Spaces, tabs and line breaks in a row. */
  whiteSpace: 1,
  /** `-- …` to the end of its line, without the line break. */
  lineComment: 2,
  /** `--[==[ … ]==]`. */
  blockComment: 3,
  /** `#…` in the first line of a file. */
  shebang: 4,
  name: 5,
  number: 6,
  shortString: 7,
  longString: 8,
  /** A character, or a run of them, that no Lua token starts with. */
  unknown: 9,
  // Keywords.
  and: 10,
  break: 11,
  do: 12,
  else: 13,
  elseif: 14,
  end: 15,
  false: 16,
  for: 17,
  function: 18,
  goto: 19,
  if: 20,
  in: 21,
  local: 22,
  nil: 23,
  not: 24,
  or: 25,
  repeat: 26,
  return: 27,
  // biome-ignore lint/suspicious/noThenProperty: it is Lua's keyword; nobody awaits this table.
  then: 28,
  true: 29,
  until: 30,
  while: 31,
  // Operators and punctuation.
  plus: 32,
  minus: 33,
  star: 34,
  slash: 35,
  doubleSlash: 36,
  percent: 37,
  caret: 38,
  hash: 39,
  ampersand: 40,
  tilde: 41,
  pipe: 42,
  shiftLeft: 43,
  shiftRight: 44,
  equal: 45,
  notEqual: 46,
  lessEqual: 47,
  greaterEqual: 48,
  less: 49,
  greater: 50,
  assign: 51,
  openParenthesis: 52,
  closeParenthesis: 53,
  openBrace: 54,
  closeBrace: 55,
  openBracket: 56,
  closeBracket: 57,
  doubleColon: 58,
  semicolon: 59,
  colon: 60,
  comma: 61,
  dot: 62,
  concat: 63,
  ellipsis: 64,
} as const;

export type TokenKind = (typeof TokenKind)[keyof typeof TokenKind];

/** Facts about a token, as bits. */
export const TokenFlag = {
  /** First token on its line that is neither white space nor a comment. */
  firstOnLine: 1,
  /** A string or block comment without its end, a number that is none, a string with a bad escape. */
  malformed: 2,
} as const;

/** True for white space, comments and the shebang line: tokens that mean nothing to Lua. */
export function isTrivia(kind: number): boolean {
  return kind >= TokenKind.whiteSpace && kind <= TokenKind.shebang;
}

/** Index of the token that holds `offset` (of the one that starts there, at a border). */
export function tokenIndexAt(tokens: TokenBuffer, offset: number): number {
  let low = 0;
  let high = tokens.count - 1;
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    if ((tokens.starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Where token `index` ends. */
export function tokenEnd(tokens: TokenBuffer, index: number): number {
  return index + 1 < tokens.count ? (tokens.starts[index + 1] ?? tokens.text.length) : tokens.text.length;
}

export function tokenText(tokens: TokenBuffer, index: number): string {
  return tokens.text.slice(tokens.starts[index], tokenEnd(tokens, index));
}

import { TokenKind } from "#language/syntax/tokens.ts";

/** The kind of an operator or mark of one character; `unknown` when no token is written like that. */
export function singleOperator(code: number): TokenKind {
  return singles[code] ?? TokenKind.unknown;
}

/** The kind of an operator of two characters; `unknown` when they are none. `...` starts like `..`. */
export function doubleOperator(code: number, next: number): TokenKind {
  switch (code) {
    case 0x2e:
      return next === 0x2e ? TokenKind.concat : TokenKind.unknown;
    case 0x3d:
      return next === 0x3d ? TokenKind.equal : TokenKind.unknown;
    case 0x7e:
      return next === 0x3d ? TokenKind.notEqual : TokenKind.unknown;
    case 0x3c:
      if (next === 0x3d) return TokenKind.lessEqual;
      return next === 0x3c ? TokenKind.shiftLeft : TokenKind.unknown;
    case 0x3e:
      if (next === 0x3d) return TokenKind.greaterEqual;
      return next === 0x3e ? TokenKind.shiftRight : TokenKind.unknown;
    case 0x2f:
      return next === 0x2f ? TokenKind.doubleSlash : TokenKind.unknown;
    case 0x3a:
      return next === 0x3a ? TokenKind.doubleColon : TokenKind.unknown;
    default:
      return TokenKind.unknown;
  }
}

const kinds: Readonly<Record<string, TokenKind>> = {
  "+": TokenKind.plus,
  "-": TokenKind.minus,
  "*": TokenKind.star,
  "/": TokenKind.slash,
  "%": TokenKind.percent,
  "^": TokenKind.caret,
  "#": TokenKind.hash,
  "&": TokenKind.ampersand,
  "~": TokenKind.tilde,
  "|": TokenKind.pipe,
  "<": TokenKind.less,
  ">": TokenKind.greater,
  "=": TokenKind.assign,
  "(": TokenKind.openParenthesis,
  ")": TokenKind.closeParenthesis,
  "{": TokenKind.openBrace,
  "}": TokenKind.closeBrace,
  "[": TokenKind.openBracket,
  "]": TokenKind.closeBracket,
  ";": TokenKind.semicolon,
  ":": TokenKind.colon,
  ",": TokenKind.comma,
  ".": TokenKind.dot,
};

const singles: ReadonlyArray<TokenKind | undefined> = Array.from(
  { length: 128 },
  (_, code) => kinds[String.fromCharCode(code)],
);

import { TokenKind } from "#language/syntax/tokens.ts";

/** What a token can be to the parser, as bits. */
export const TokenTrait = {
  /** Ends a block: the end of the text, `end`, `else`, `elseif`, `until`. */
  endsBlock: 1,
  /** Closes something that was opened: `end`, `else`, `elseif`, `until`, `)`, `}`, `]`. */
  closes: 2,
  /** Begins a statement and nothing else. `function` is not among them. */
  startsStatement: 4,
  /** Begins an expression. */
  startsExpression: 8,
  /** Stands between two expressions, or is no token at all: where an expression is missing it says nothing. */
  joins: 16,
  /** Opens something that a token which `ends` closes. The `do` of a loop does, not its `while` or `for`. */
  opens: 32,
  ends: 64,
  /** `while`, `for`. */
  awaitsDo: 128,
  /** `,`, `;`. */
  separates: 256,
} as const;

const { endsBlock, closes, startsStatement, startsExpression, joins, opens, ends, awaitsDo, separates } =
  TokenTrait;

const members: ReadonlyArray<readonly [trait: number, kinds: readonly TokenKind[]]> = [
  [endsBlock, [TokenKind.endOfFile, TokenKind.end, TokenKind.else, TokenKind.elseif, TokenKind.until]],
  [closes, [TokenKind.end, TokenKind.else, TokenKind.elseif, TokenKind.until]],
  [closes, [TokenKind.closeParenthesis, TokenKind.closeBrace, TokenKind.closeBracket]],
  [startsStatement, [TokenKind.break, TokenKind.do, TokenKind.for, TokenKind.goto, TokenKind.if]],
  [startsStatement, [TokenKind.local, TokenKind.repeat, TokenKind.return, TokenKind.while]],
  [startsStatement, [TokenKind.doubleColon, TokenKind.semicolon]],
  [startsExpression, [TokenKind.name, TokenKind.number, TokenKind.shortString, TokenKind.longString]],
  [startsExpression, [TokenKind.nil, TokenKind.true, TokenKind.false, TokenKind.ellipsis]],
  [startsExpression, [TokenKind.function, TokenKind.openBrace, TokenKind.openParenthesis]],
  [startsExpression, [TokenKind.not, TokenKind.minus, TokenKind.hash, TokenKind.tilde]],
  [joins, [TokenKind.unknown, TokenKind.assign, TokenKind.and, TokenKind.or, TokenKind.plus, TokenKind.star]],
  [joins, [TokenKind.slash, TokenKind.doubleSlash, TokenKind.percent, TokenKind.caret, TokenKind.ampersand]],
  [joins, [TokenKind.pipe, TokenKind.shiftLeft, TokenKind.shiftRight, TokenKind.equal, TokenKind.notEqual]],
  [joins, [TokenKind.lessEqual, TokenKind.greaterEqual, TokenKind.less, TokenKind.greater, TokenKind.concat]],
  [joins, [TokenKind.dot, TokenKind.colon]],
  [opens, [TokenKind.openParenthesis, TokenKind.openBrace, TokenKind.openBracket, TokenKind.function]],
  [opens, [TokenKind.if, TokenKind.do, TokenKind.repeat]],
  [ends, [TokenKind.closeParenthesis, TokenKind.closeBrace, TokenKind.closeBracket, TokenKind.end]],
  [ends, [TokenKind.until]],
  [awaitsDo, [TokenKind.while, TokenKind.for]],
  [separates, [TokenKind.comma, TokenKind.semicolon]],
];

const traits = new Uint16Array(TokenKind.ellipsis + 1);
for (const [trait, kinds] of members) for (const kind of kinds) traits[kind] = (traits[kind] ?? 0) | trait;

/** Whether a kind of token has one of the traits. */
export function hasTrait(kind: number, trait: number): boolean {
  return ((traits[kind] ?? 0) & trait) !== 0;
}

/** Left and right binding power of the binary operators (Lua 5.4 manual, §3.4.8); 0 for every other token. */
export const leftPower = new Uint8Array(TokenKind.ellipsis + 1);
/** The power of what may stand on the right: lower than the left one where operators group to the right. */
export const rightPower = new Uint8Array(TokenKind.ellipsis + 1);

/** Binding power of the unary operators. */
export const unaryPower = 12;

const powers: ReadonlyArray<readonly [left: number, right: number, kinds: readonly TokenKind[]]> = [
  [1, 1, [TokenKind.or]],
  [2, 2, [TokenKind.and]],
  [3, 3, [TokenKind.less, TokenKind.greater, TokenKind.lessEqual, TokenKind.greaterEqual]],
  [3, 3, [TokenKind.notEqual, TokenKind.equal]],
  [4, 4, [TokenKind.pipe]],
  [5, 5, [TokenKind.tilde]],
  [6, 6, [TokenKind.ampersand]],
  [7, 7, [TokenKind.shiftLeft, TokenKind.shiftRight]],
  [9, 8, [TokenKind.concat]],
  [10, 10, [TokenKind.plus, TokenKind.minus]],
  [11, 11, [TokenKind.star, TokenKind.slash, TokenKind.doubleSlash, TokenKind.percent]],
  [14, 13, [TokenKind.caret]],
];

for (const [left, right, kinds] of powers) {
  for (const kind of kinds) {
    leftPower[kind] = left;
    rightPower[kind] = right;
  }
}

/** `not`, `-`, `#`, `~`. */
export function isUnaryOperator(kind: number): boolean {
  return (
    kind === TokenKind.not || kind === TokenKind.minus || kind === TokenKind.hash || kind === TokenKind.tilde
  );
}

import { expect, test } from "vitest";
import { keywords } from "./keywords.ts";
import { Lexer, tokenize } from "./lexer.ts";
import { isTrivia, TokenFlag, TokenKind, tokenText } from "./tokens.ts";

const kindNames = new Map<number, string>(Object.entries(TokenKind).map(([name, kind]) => [kind, name]));

/** Every token but white space as `kind text`, malformed ones with `!`. */
function read(text: string): string[] {
  const tokens = tokenize(text);
  return Array.from({ length: tokens.count }, (_, index) => {
    const kind = tokens.kinds[index] ?? 0;
    const isMalformed = ((tokens.flags[index] ?? 0) & TokenFlag.malformed) !== 0;
    return `${kindNames.get(kind)}${isMalformed ? "!" : ""} ${tokenText(tokens, index)}`.trim();
  }).filter((token) => !token.startsWith("whiteSpace") && token !== "endOfFile");
}

test("every keyword is one, and only whole", () => {
  const words = keywords.flatMap((word) => [
    word,
    `${word}x`,
    word.toUpperCase(),
    `_${word}`,
    word.slice(0, -1),
  ]);
  for (const word of words) {
    const isKeyword = (keywords as readonly string[]).includes(word);
    expect(read(word)).toEqual([`${isKeyword ? word : "name"} ${word}`]);
  }
});

test.for<[text: string, tokens: string[]]>([
  ["a.b:c", ["name a", "dot .", "name b", "colon :", "name c"]],
  ["x<=y<<z<w", ["name x", "lessEqual <=", "name y", "shiftLeft <<", "name z", "less <", "name w"]],
  [
    "~ ~= = == > >= >>",
    ["tilde ~", "notEqual ~=", "assign =", "equal ==", "greater >", "greaterEqual >=", "shiftRight >>"],
  ],
  [
    "/ // : :: . .. ...",
    ["slash /", "doubleSlash //", "colon :", "doubleColon ::", "dot .", "concat ..", "ellipsis ..."],
  ],
  ["#t 1", ["shebang! #t 1"]],
  [" #t", ["hash #", "name t"]],
  ["a[[x]]", ["name a", "longString [[x]]"]],
  [
    "a[b[1]]",
    ["name a", "openBracket [", "name b", "openBracket [", "number 1", "closeBracket ]", "closeBracket ]"],
  ],
  ["[==[ ]] ]=] ]==] x", ["longString [==[ ]] ]=] ]==]", "name x"]],
  ["[=x", ["openBracket [", "assign =", "name x"]],
  ["[[ x", ["longString! [[ x"]],
  ["-- x\ry", ["lineComment -- x", "name y"]],
  ["--[[ x\n]] y", ["blockComment --[[ x\n]]", "name y"]],
  ["--[ x", ["lineComment --[ x"]],
  ["--[=[ x", ["blockComment! --[=[ x"]],
  ["'a\\'b' c", ["shortString 'a\\'b'", "name c"]],
  ["'a\nb", ["shortString! 'a", "name b"]],
  ["'a\\\r\nb' c", ["shortString 'a\\\r\nb'", "name c"]],
  ["'a\\z \n b' c", ["shortString 'a\\z \n b'", "name c"]],
  ["'\\q' c", ["shortString! '\\q'", "name c"]],
  ["3..2", ["number! 3..2"]],
  ["3 ..2", ["number 3", "number! ..2"].slice(0, 1).concat("concat ..", "number 2")],
  ["0x1p-3+1", ["number 0x1p-3", "plus +", "number 1"]],
  ["1e+5x", ["number! 1e+5x"]],
  ["a\u00e9\ud83d\ude00$", ["name a", "unknown \u00e9", "unknown \ud83d\ude00", "unknown $"]],
])("%j", ([text, tokens]) => {
  expect(read(text)).toEqual(tokens);
});

test("the first token of a line is marked, comments before it or not", () => {
  const tokens = tokenize("a b\n--[[ x ]] c\r\n\td e -- f\n");
  const first = Array.from({ length: tokens.count }, (_, index) => index).filter(
    (index) => ((tokens.flags[index] ?? 0) & TokenFlag.firstOnLine) !== 0,
  );
  expect(first.map((index) => tokenText(tokens, index))).toEqual(["a", "c", "d", ""]);
});

test("tokens come in any portion the same", () => {
  const text = "local a = { 1, 'two' } -- three\nreturn [[four]]\n".repeat(50);
  const whole = tokenize(text);
  const lexer = new Lexer(text, 1);
  for (let index = 0; !lexer.isComplete; index += 7) lexer.fill(index);
  expect(lexer.finish()).toEqual(whole);
});

test("a token that is cut short is malformed, and the rest is read anew", () => {
  const text = "a = [[ b\nc = 1 ]]";
  const lexer = new Lexer(text, 16);
  lexer.fill(Number.POSITIVE_INFINITY);
  const index = lexer.kinds.indexOf(TokenKind.longString);
  lexer.cut(index, text.indexOf("\n"));
  lexer.fill(Number.POSITIVE_INFINITY);
  const tokens = lexer.finish();
  const texts = Array.from({ length: tokens.count }, (_, number) => tokenText(tokens, number));
  expect(texts.filter((_, number) => !isTrivia(tokens.kinds[number] ?? 0))).toEqual([
    "a",
    "=",
    "[[ b",
    "c",
    "=",
    "1",
    "]",
    "]",
    "",
  ]);
  expect((tokens.flags[index] ?? 0) & TokenFlag.malformed).toBe(TokenFlag.malformed);
});

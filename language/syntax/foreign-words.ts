import { keywords } from "#language/syntax/keywords.ts";

/** An operator of other languages, and Lua's word for it. */
export interface ForeignOperator {
  readonly written: string;
  /** What Lua has instead. */
  readonly operator: string;
  /** How close it binds, as in Lua. */
  readonly power: number;
}

const operators: readonly ForeignOperator[] = [
  { written: "!=", operator: "~=", power: 3 },
  { written: "&&", operator: "and", power: 2 },
  { written: "||", operator: "or", power: 1 },
];

/** The binary operator of another language that stands at an offset. All of them are two tokens of Lua. */
export function foreignOperatorAt(text: string, offset: number): ForeignOperator | undefined {
  return operators.find(({ written }) => text.startsWith(written, offset));
}

/** What to say about such an operator. */
export function foreignOperatorMessage({ written, operator }: ForeignOperator): string {
  return `Lua writes '${operator}' for '${written}'.`;
}

const wayOfComments = "A comment starts with '--'; one of several lines is written --[[ … ]].";
const straightQuotes = `Texts stand in straight quotes: "…" or '…'.`;

/** How something that Lua doesn't know begins, and what to say about it. */
const hints: ReadonlyArray<readonly [written: string, message: string]> = [
  ...operators.map((operator) => [operator.written, foreignOperatorMessage(operator)] as const),
  ["!", "Lua writes 'not' for '!'."],
  ["++", "Lua has no '++': write 'a = a + 1'."],
  ["?", "Lua has no '? :': write 'condition and value or other'."],
  ["/*", wayOfComments],
  ["*/", wayOfComments],
  ["\u201c", straightQuotes],
  ["\u201d", straightQuotes],
  ["\u2018", straightQuotes],
  ["\u2019", straightQuotes],
  ["`", `${straightQuotes} Several lines stand in [[ … ]].`],
  ["\ufeff", "A byte order mark stands here, which can't be seen: remove it."],
  ["\u00a0", "A no-break space stands here: Lua knows plain spaces only."],
];

/** Other ways to start a statement. */
const hintsAtStart: typeof hints = [
  ["//", wayOfComments],
  ["#", wayOfComments],
];

/** What to say about a token that Lua refuses, if it comes from another language. */
export function foreignHint(text: string, offset: number, isAtStart: boolean): string | undefined {
  const known = isAtStart ? [...hintsAtStart, ...hints] : hints;
  const found = known.find(([written]) => text.startsWith(written, offset));
  if (found) return found[1];
  const isLetter = /^[^\P{L}A-Za-z]/u.test(text.slice(offset, offset + 2));
  return isLetter ? "A name has letters from a to z, digits and '_' only." : undefined;
}

const declaringWords: ReadonlySet<string> = new Set(["const", "let", "var", "auto"]);

/** What to say about a name where a statement should start. */
export function strayNameHint(name: string): string | undefined {
  if (declaringWords.has(name)) return `Lua has no '${name}': a variable is declared with 'local'.`;
  const near = keywords.find((word) => word.length > 3 && isMisspelt(name, word));
  return near && `'${name}' is no word of Lua: is '${near}' meant?`;
}

/** Whether a word has two letters swapped, one too many, one too few or a wrong one. */
function isMisspelt(written: string, word: string): boolean {
  if (Math.abs(written.length - word.length) > 1) return false;
  let start = 0;
  while (start < written.length && written[start] === word[start]) start++;
  const rest = written.slice(start);
  const expected = word.slice(start);
  const isSwapped = rest[0] === expected[1] && rest[1] === expected[0] && rest.slice(2) === expected.slice(2);
  return (
    isSwapped ||
    rest.slice(1) === expected ||
    rest === expected.slice(1) ||
    (rest.slice(1) === expected.slice(1) && rest.length === expected.length)
  );
}

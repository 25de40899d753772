import type { LibraryEntry } from "../entries.ts";
import { functionsWith } from "./signature.ts";

const define = functionsWith({
  s: "The text.",
  i: "First byte; 1 unless said.",
  j: "Last byte.",
  lax: "Accept codes beyond Unicode.",
  "…": "Character codes.",
});

/** Functions of texts as characters (language.md §1.8). */
export const utf8Library: LibraryEntry = {
  name: "utf8",
  doc: "Functions of texts as characters. Positions are bytes; `string.sub` and `string.len` count characters already.",
  constants: [{ name: "charpattern", types: ["text"], doc: "A pattern that fits exactly one character." }],
  absent: {},
  functions: [
    define("char(...): string", "The text of these character codes."),
    define(
      "codepoint(s: string, i?: integer, j?: integer, lax?: boolean): integer, ...",
      "The codes of the characters that begin between two bytes.",
    ),
    define(
      "codes(s: string, lax?: boolean): function",
      "For a loop over the characters: the byte where each begins, and its code. Text that is no UTF-8 is an error.",
      { example: "for position, code in utf8.codes(text) do … end" },
    ),
    define(
      "len(s: string, i?: integer, j?: integer, lax?: boolean): integer|nil, integer|nil",
      "The number of characters; nil and the position of the first bad byte when it is no UTF-8.",
    ),
    define(
      "offset(s: string, n: integer, i?: integer): integer|nil",
      "The byte where the n-th character begins, counted from byte i.",
      { about: { n: { doc: "Which character; negative counts backwards." } } },
    ),
  ],
};

import type { LibraryEntry } from "../entries.ts";
import { functionsWith } from "./signature.ts";

const define = functionsWith({
  s: "The text.",
  pattern: "A Lua pattern: `%d` a digit, `%s` a blank, `.-` as little as possible. Not a regular expression.",
  init: "The byte to start at: 1 unless said, negative from the end.",
  i: "First position; negative counts from the end.",
  j: "Last position; negative counts from the end.",
  n: "How many times.",
  format: "The format.",
  "…": "The values.",
});

/** Functions of texts, which are also methods of every text (language.md §1.8). */
export const stringLibrary: LibraryEntry = {
  name: "string",
  doc: "Functions of texts; also methods of every text: `name:upper()`. `sub`, `len` and `reverse` count characters, all others, and the operator `#`, count bytes.",
  constants: [],
  absent: { dump: "code can't be made into text; there is no way back either" },
  functions: [
    define("byte(s: string, i?: integer, j?: integer): integer, ...", "The codes of the bytes from i to j.", {
      about: {
        i: { default: 1, doc: "First byte." },
        j: { doc: "Last byte; the same as the first unless said." },
      },
    }),
    define("char(...): string", "The text of these byte codes. For characters beyond ASCII see `utf8.char`."),
    define(
      "find(s: string, pattern: string, init?: integer, plain?: boolean): integer|nil, integer|nil, ...",
      "Where the pattern first fits: its first and last byte, then its captures; nil when it fits nowhere. The positions are bytes, while `sub` counts characters.",
      {
        about: { plain: { default: false, doc: "Look for the text itself, without the magic of patterns." } },
        example: 'local first, last = ("key=value"):find("=", 1, true)',
      },
    ),
    define(
      "format(format: string, ...): string",
      "The format with the values put in: `%s` a text, `%d` a whole number, `%.2f` two decimals, `%q` a text in quotes, `%%` a percent sign. `%d` refuses a number with a fraction.",
      { example: '("%s: %.1f %%"):format("done", 12.5)' },
    ),
    define(
      "gmatch(s: string, pattern: string, init?: integer): function",
      "For a loop over all places where the pattern fits; gives the captures, or the whole match when there are none.",
      { example: 'for word in text:gmatch("%a+") do Log.info(word) end' },
    ),
    define(
      "gsub(s: string, pattern: string, replacement: string|table|function, n?: integer): string, integer",
      "A copy in which what fits is replaced, and how often that happened. In a text `%1` stands for the first capture; a table is asked for the match, a function is called with it.",
      {
        about: {
          replacement: { doc: "What comes instead: a text, a table by match, or a function of the match." },
          n: { doc: "Most replacements; all unless said." },
        },
        example: 'local clean = text:gsub("%s+", " ")',
      },
    ),
    define("len(s: string): integer", "The number of characters. `#s` is the number of bytes."),
    define("lower(s: string): string", "The text in lower case; only the letters a to z change."),
    define(
      "match(s: string, pattern: string, init?: integer): string|integer|nil, ...",
      "What the pattern first fits, or its captures; nil when it fits nowhere. The capture `()` gives a position.",
      { example: 'local year, month = date:match("(%d+)-(%d+)")' },
    ),
    define("pack(format: string, ...): string", "The values as bytes, in the layout that the format gives."),
    define("packsize(format: string): integer", "How many bytes `pack` makes with this format."),
    define("rep(s: string, n: integer, separator?: string): string", "The text n times in a row.", {
      about: { separator: { default: "", doc: "What stands between." } },
    }),
    define("reverse(s: string): string", "The characters from last to first."),
    define(
      "sub(s: string, i: integer, j?: integer): string",
      "The characters from i to j. Positions count characters, not the bytes that `find` gives.",
      { about: { j: { default: -1, doc: "Last character; the end unless said." } } },
    ),
    define(
      "unpack(format: string, s: string, position?: integer): any, ...",
      "The values out of bytes that `pack` made, then the position after them.",
      { about: { position: { default: 1, doc: "The byte to start at." } } },
    ),
    define("upper(s: string): string", "The text in upper case; only the letters a to z change."),
  ],
};

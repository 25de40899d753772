import type { LibraryEntry } from "../entries.ts";
import { functionsWith } from "./signature.ts";

const define = functionsWith({
  list: "The list.",
  i: "First position; 1 unless said.",
  j: "Last position; the end of the list unless said.",
  "…": "The values.",
});

const ownLoop = "write a loop";

/** Functions of lists (language.md §1.8). */
export const tableLibrary: LibraryEntry = {
  name: "table",
  doc: "Functions of lists: the part of a table with keys 1, 2, 3 and so on.",
  constants: [],
  absent: {
    getn: "write #list",
    maxn: ownLoop,
    foreach: "write for key, value in pairs(list) do … end",
    foreachi: "write for index, value in ipairs(list) do … end",
    create: "write {}; it came with Lua 5.5",
  },
  functions: [
    define(
      "concat(list: table, separator?: string, i?: integer, j?: integer): string",
      "The texts and numbers of the list as one text. Anything else in it, even `true`, is an error.",
      { about: { separator: { default: "", doc: "What stands between." } } },
    ),
    define(
      "insert(list: table, position: any, value?: any)",
      "Puts a value into the list; what stood there and after moves up. With two arguments it is added at the end.",
      {
        about: {
          position: { doc: "Where it goes; or the value itself, to add it at the end." },
          value: { doc: "The value, when a position is given." },
        },
        example: "table.insert(names, name)\ntable.insert(names, 1, first)",
      },
    ),
    define(
      "move(from: table, f: integer, e: integer, t: integer, to?: table): table",
      "Copies items of one list to a place in the same list or another, and gives that list.",
      {
        about: {
          from: { doc: "The list to copy from." },
          f: { doc: "First item to copy." },
          e: { doc: "Last item to copy." },
          t: { doc: "Position of the first copy." },
          to: { doc: "The list to copy into; the same one unless said." },
        },
      },
    ),
    define(
      "pack(...): table",
      "A list of the arguments with their number in `n`, so that nils are counted too.",
      {
        returnFields: [{ name: "n", types: ["integer"], doc: "How many values it holds." }],
      },
    ),
    define(
      "remove(list: table, position?: integer): any",
      "Takes an item out and gives it; what stood after moves down. Without a position it is the last one.",
      { about: { position: { doc: "Which item; the last unless said." } } },
    ),
    define(
      "sort(list: table, less?: function)",
      "Sorts the list in place. Equal items may change their order, and numbers can't be compared with texts.",
      {
        about: {
          less: {
            doc: "Tells whether its first argument comes before its second; `<` unless said.",
            parameters: [
              { name: "a", types: ["any"], required: true, doc: "One item." },
              { name: "b", types: ["any"], required: true, doc: "Another item." },
            ],
          },
        },
        example: "table.sort(orders, function(a, b) return a.total > b.total end)",
      },
    ),
    define("unpack(list: table, i?: integer, j?: integer): any, ...", "The items as separate values."),
  ],
};

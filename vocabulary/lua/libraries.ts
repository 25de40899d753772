import type { LibraryEntry } from "../entries.ts";
import { luaFunction } from "./signature.ts";

const recorded =
  "A run records it, yet code that is changed later may read it elsewhere: keep it in a checkpoint.";

const stringLibrary: LibraryEntry = {
  name: "string",
  doc: "Functions of texts; also methods of every text. `sub`, `len` and `reverse` count characters, the others bytes.",
  constants: [],
  functions: [
    luaFunction("byte(s: string, i?: integer, j?: integer): integer", "The codes of bytes."),
    luaFunction("char(...): string", "A text out of byte codes."),
    luaFunction(
      "find(s: string, pattern: string, init?: integer, plain?: boolean): integer|nil, integer|nil, string|nil",
      "Where a pattern first fits: start, end and captures; nil when nowhere.",
    ),
    luaFunction(
      "format(format: string, ...): string",
      "A text with values put in: `%s`, `%d`, `%.2f`, `%q` and so on.",
    ),
    luaFunction(
      "gmatch(s: string, pattern: string, init?: integer): function",
      "For a loop over all places where a pattern fits.",
    ),
    luaFunction(
      "gsub(s: string, pattern: string, replacement: string|table|function, n?: integer): string, integer",
      "A copy in which what fits is replaced, and how often.",
    ),
    luaFunction("len(s: string): integer", "Number of characters (`#` counts bytes)."),
    luaFunction("lower(s: string): string", "In lower case."),
    luaFunction(
      "match(s: string, pattern: string, init?: integer): string|nil",
      "What a pattern first fits, or its captures; nil when nowhere.",
    ),
    luaFunction("pack(format: string, ...): string", "Values as bytes."),
    luaFunction("packsize(format: string): integer", "Number of bytes that `pack` makes."),
    luaFunction("rep(s: string, n: integer, separator?: string): string", "The text `n` times."),
    luaFunction("reverse(s: string): string", "The characters backwards."),
    luaFunction(
      "sub(s: string, i: integer, j?: integer): string",
      "Characters from `i` to `j`; negative positions count from the end.",
    ),
    luaFunction("unpack(format: string, s: string, position?: integer): any", "Values out of bytes."),
    luaFunction("upper(s: string): string", "In upper case."),
  ],
};

const tableLibrary: LibraryEntry = {
  name: "table",
  doc: "Functions of lists.",
  constants: [],
  functions: [
    luaFunction(
      "concat(list: table, separator?: string, i?: integer, j?: integer): string",
      "The texts and numbers of a list, joined.",
    ),
    luaFunction(
      "insert(list: table, position: any, value?: any)",
      "Puts a value into a list; without a position at its end.",
    ),
    luaFunction(
      "move(from: table, f: integer, e: integer, t: integer, to?: table): table",
      "Copies items from one place to another.",
    ),
    luaFunction("pack(...): table", "A list of the arguments, with their number in `n`."),
    luaFunction(
      "remove(list: table, position?: integer): any",
      "Takes an item out; without a position the last.",
    ),
    luaFunction(
      "sort(list: table, less?: function)",
      "Sorts a list in place; `less(a, b)` tells whether a comes first.",
    ),
    luaFunction("unpack(list: table, i?: integer, j?: integer): any", "The items as separate values."),
  ],
};

const mathLibrary: LibraryEntry = {
  name: "math",
  doc: "Functions of numbers.",
  constants: [
    { name: "pi", types: ["number"], doc: "3.14159…" },
    { name: "huge", types: ["number"], doc: "Larger than any number." },
    { name: "maxinteger", types: ["integer"], doc: "The largest integer." },
    { name: "mininteger", types: ["integer"], doc: "The smallest integer." },
  ],
  functions: [
    luaFunction("abs(x: number): number", "Without its sign."),
    luaFunction("acos(x: number): number", "Arc cosine, in radians."),
    luaFunction("asin(x: number): number", "Arc sine, in radians."),
    luaFunction("atan(y: number, x?: number): number", "Arc tangent of y/x, in radians."),
    luaFunction("atan2(y: number, x: number): number", "Arc tangent of y/x, in radians."),
    luaFunction("ceil(x: number): integer", "The next integer up."),
    luaFunction("cos(x: number): number", "Cosine."),
    luaFunction("cosh(x: number): number", "Hyperbolic cosine."),
    luaFunction("deg(x: number): number", "Radians as degrees."),
    luaFunction("exp(x: number): number", "e to the power of x."),
    luaFunction("floor(x: number): integer", "The next integer down."),
    luaFunction("fmod(x: number, y: number): number", "Remainder, rounded towards zero."),
    luaFunction("log(x: number, base?: number): number", "Logarithm; natural without a base."),
    luaFunction("log10(x: number): number", "Logarithm to base 10."),
    luaFunction("max(x: number, ...): number", "The largest."),
    luaFunction("min(x: number, ...): number", "The smallest."),
    luaFunction("modf(x: number): number, number", "The whole and the fractional part."),
    luaFunction("pow(x: number, y: number): number", "x to the power of y."),
    luaFunction("rad(x: number): number", "Degrees as radians."),
    luaFunction(
      "random(m?: integer, n?: integer): number",
      `A random number: from 0 to 1, from 1 to m, or from m to n. ${recorded}`,
      "nondeterministic",
    ),
    luaFunction("randomseed(x?: number)", "Starts the random numbers afresh.", "nondeterministic"),
    luaFunction("sin(x: number): number", "Sine."),
    luaFunction("sinh(x: number): number", "Hyperbolic sine."),
    luaFunction("sqrt(x: number): number", "Square root."),
    luaFunction("tan(x: number): number", "Tangent."),
    luaFunction("tanh(x: number): number", "Hyperbolic tangent."),
    luaFunction("tointeger(x: any): integer|nil", "As an integer; nil when it is none."),
    luaFunction("type(x: any): string|nil", '"integer", "float", or nil.'),
    luaFunction("ult(m: integer, n: integer): boolean", "Whether m < n, both without sign."),
  ],
};

const osLibrary: LibraryEntry = {
  name: "os",
  doc: "Clock and dates. There are no processes and no environment here.",
  constants: [],
  functions: [
    luaFunction("clock(): number", `Seconds of processor time. ${recorded}`, "nondeterministic"),
    luaFunction(
      "date(format?: string, time?: integer): any",
      `The date and time, in UTC. ${recorded}`,
      "nondeterministic",
    ),
    luaFunction(
      "getenv(name: string): string|nil",
      "Always nil: a procedure has no environment.",
      "nondeterministic",
    ),
    luaFunction("time(table?: table): integer", `Seconds since 1970. ${recorded}`, "nondeterministic"),
    luaFunction("tmpname(): string", `A name for a temporary file. ${recorded}`, "nondeterministic"),
  ],
};

const utf8Library: LibraryEntry = {
  name: "utf8",
  doc: "Functions of UTF-8.",
  constants: [{ name: "charpattern", types: ["text"], doc: "A pattern that fits one character." }],
  functions: [
    luaFunction("char(...): string", "A text out of character codes."),
    luaFunction("codepoint(s: string, i?: integer, j?: integer): integer", "The codes of characters."),
    luaFunction("codes(s: string): function", "For a loop over positions and codes."),
    luaFunction("len(s: string, i?: integer, j?: integer): integer|nil", "Number of characters."),
    luaFunction(
      "offset(s: string, n: integer, i?: integer): integer|nil",
      "The byte where a character starts.",
    ),
  ],
};

const coroutineLibrary: LibraryEntry = {
  name: "coroutine",
  doc: "Functions that stop and go on.",
  constants: [],
  functions: [
    luaFunction("close(thread: any): boolean, any", "Ends a coroutine that is suspended."),
    luaFunction("create(f: function): any", "A coroutine that runs the function."),
    luaFunction("isyieldable(): boolean", "Whether the running code can yield."),
    luaFunction("resume(thread: any, ...): boolean, any", "Runs it until it yields or ends."),
    luaFunction("running(): any, boolean", "The running coroutine, and whether it is the main one."),
    luaFunction("status(thread: any): string", '"running", "suspended", "normal" or "dead".'),
    luaFunction("wrap(f: function): function", "A function that resumes a coroutine."),
    luaFunction("yield(...): any", "Stops, and gives values to whoever resumed."),
  ],
};

const debugLibrary: LibraryEntry = {
  name: "debug",
  doc: "Only where the running code stands.",
  constants: [],
  functions: [luaFunction("getinfo(f: any, what?: string): table", "Facts about a function.")],
};

/** The libraries of Lua as they are here (language.md §1.8). */
export const luaLibraries: readonly LibraryEntry[] = [
  stringLibrary,
  tableLibrary,
  mathLibrary,
  osLibrary,
  utf8Library,
  coroutineLibrary,
  debugLibrary,
];

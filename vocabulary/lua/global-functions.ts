import type { FunctionEntry } from "../entries.ts";
import { functionsWith } from "./signature.ts";

const define = functionsWith({
  f: "The function.",
  value: "The value.",
  table: "The table.",
  object: "The value.",
  key: "The key.",
  message: "The message.",
  list: "The list.",
  "…": "Further arguments.",
});

/** Functions of Lua that are globals themselves (language.md §1.8). */
export const luaGlobals: readonly FunctionEntry[] = [
  define(
    "assert(value: any, message?: any, ...): any, ...",
    "Gives back its arguments when the first is neither false nor nil; else raises the message.",
    { about: { message: { default: "assertion failed!", doc: "What is raised." } } },
  ),
  define(
    "collectgarbage(option?: string, ...): number",
    'Collects memory; rarely needed. Only "count" (kilobytes in use) and "collect" do something here.',
    { about: { option: { default: "collect", values: ["collect", "count", "step"], doc: "What to do." } } },
  ),
  define(
    "error(message: any, level?: integer)",
    "Raises an error and does not return. A text gets the file and line in front; a table stays as it is.",
    {
      about: {
        message: { doc: "The error: a text, or a table that `pcall` gives back unchanged." },
        level: { default: 1, doc: "Whose line is told: 1 this one, 2 the caller's, 0 none." },
      },
    },
  ),
  define(
    "getmetatable(object: any): table|boolean|nil",
    "The metatable of a value, or its `__metatable` field. Of texts it is false: nobody can change them all.",
  ),
  define(
    "ipairs(list: table): function, table, integer",
    "For a loop over the list part: positions from 1 up to the first nil.",
    { example: "for index, name in ipairs(names) do … end" },
  ),
  define(
    "next(table: table, key?: any): any, any",
    "The key after this one and its value; without a key the first, after the last nil.",
  ),
  define(
    "pairs(table: table): function, table, nil",
    "For a loop over all keys. Their order is not sorted, but it is the same when a run is repeated.",
    { example: "for key, value in pairs(counts) do … end" },
  ),
  define(
    "pcall(f: function, ...): boolean, ...",
    "Calls a function and catches its error: true and its results, or false and the error. The end of a run (cancel, limits, waiting for a person) can't be caught.",
    { example: "local ok, result = pcall(risky, input)\nif not ok then Log.warn(tostring(result)) end" },
  ),
  define(
    "print(...)",
    "Writes to standard output, with tabs between the values. For messages with a level use `Log`.",
  ),
  define("rawequal(a: any, b: any): boolean", "Whether two values are the same, without metamethods.", {
    about: { a: { doc: "One value." }, b: { doc: "The other value." } },
  }),
  define("rawget(table: table, key: any): any", "What stands behind a key, without metamethods."),
  define("rawlen(value: any): integer", "The length of a table or a text in bytes, without metamethods."),
  define(
    "rawset(table: table, key: any, value: any): table",
    "Sets what stands behind a key, without metamethods, and gives the table.",
  ),
  define(
    "require(module: string): any, string",
    "Loads a module once and gives what it returns, then its path. `a.b` is the file `a/b.tac` or `a/b/init.tac` beside this one, or a module of the library. Its globals are shared with this file.",
    {
      about: { module: { refersTo: "module", doc: "Name of the module, with dots or slashes." } },
      example: 'local done = require("tactus.tools.done")',
    },
  ),
  define("select(n: any, ...): any, ...", 'The arguments from number n on; `select("#", …)` counts them.', {
    about: { n: { doc: 'Which one; negative counts from the end, "#" counts all.' } },
  }),
  define(
    "setmetatable(table: table, metatable: any): table",
    "Sets the metatable, and gives the table. Finalizers (`__gc`) are never called.",
    { about: { metatable: { types: ["table", "nil"], doc: "The metatable; nil takes it away." } } },
  ),
  define("tonumber(value: any, base?: integer): number|nil", "The value as a number; nil when it is none.", {
    about: { base: { doc: "2 to 36, when the text has another base than ten." } },
  }),
  define("tostring(value: any): string", "The value as text. Of the result of a turn it is the answer."),
  define(
    "type(value: any): string",
    'The name of its type: "nil", "boolean", "number", "string", "table", "function" or "thread". Agents, tools and results are tables.',
  ),
  define(
    "utf8_clean(value: any): any",
    "The text with every byte that is no UTF-8 replaced by `?`; anything else as it is.",
  ),
  define("warn(message: string, ...)", 'Writes a warning, once `warn("@on")` has switched them on.'),
  define(
    "xpcall(f: function, handler: function, ...): boolean, ...",
    "As `pcall`, with a function that sees the error while the place of it is still there.",
    {
      about: {
        handler: {
          doc: "Gets the error; what it returns is given in its place.",
          parameters: [{ name: "problem", types: ["any"], required: true, doc: "The error." }],
        },
      },
    },
  ),
];

const noCode = "code can't be made at run time; write a function";
const seeModules = "use require with a file beside this one";

/** Names of Lua, and of older versions of the language, that don't exist here, and what to use instead. */
export const absentGlobals: Readonly<Record<string, string>> = {
  io: "use File.read and File.write",
  load: noCode,
  loadstring: noCode,
  loadfile: seeModules,
  dofile: seeModules,
  module: seeModules,
  package: "use require",
  unpack: "it is table.unpack",
  setfenv: "it left Lua with version 5.2",
  getfenv: "it left Lua with version 5.2",
  newproxy: "it left Lua with version 5.2",
  bit32: "use the operators &, |, ~, << and >>",
  bit: "use the operators &, |, ~, << and >>",
  jit: "this is not LuaJIT",
  python: "there is no bridge to the host",
  env: "a procedure has no environment; declare an input",
  session: "it is MessageHistory",
  Session: "it is MessageHistory",
  Stage: "it was removed; keep the stage in the state",
  Parallel: "it was removed; call the agents one after the other",
  Guards: "it was removed; check at the start of the procedure and call error",
  GraphNode: "it was removed",
  Dependency: "it was removed; use a tool or Host.call",
  Extract: 'use require("tactus.text.extract")',
  Generate: 'use require("tactus.generate")',
  Csv: 'use require("tactus.io.csv")',
  Tsv: 'use require("tactus.io.tsv")',
  Excel: 'use require("tactus.io.excel")',
  Parquet: 'use require("tactus.io.parquet")',
  Hdf5: 'use require("tactus.io.hdf5")',
  done: 'write local done = require("tactus.tools.done")',
  matcher_matches: "it is matches",
  agent: "it is written Agent",
  tool: "it is written Tool",
  toolset: "it is written Toolset",
  procedure: "it is written Procedure",
  model: "it is written Model",
};

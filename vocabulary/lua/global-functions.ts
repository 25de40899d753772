import type { FunctionEntry } from "../entries.ts";
import { luaFunction } from "./signature.ts";

/** Functions of Lua that are globals themselves (language.md §1.8). */
export const luaGlobals: readonly FunctionEntry[] = [
  luaFunction(
    "assert(v: any, message?: any, ...): any",
    "Gives back its arguments when the first is true; else raises the message.",
  ),
  luaFunction("collectgarbage(option?: string, ...): any", "Collects memory; rarely needed."),
  luaFunction(
    "error(message: any, level?: integer)",
    "Raises an error. A text gets the place in front; `level` 2 blames the caller, 0 adds no place.",
  ),
  luaFunction("getmetatable(object: any): table", "The metatable of a value, or its `__metatable` field."),
  luaFunction(
    "ipairs(list: table): function, table, integer",
    "For a loop over the list part: positions from 1 up to the first nil.",
  ),
  luaFunction(
    "next(table: table, key?: any): any, any",
    "The next key and its value; with no key the first, after the last nil.",
  ),
  luaFunction(
    "pairs(table: table): function, table, nil",
    "For a loop over all keys, in an order that is the same when a run is replayed.",
  ),
  luaFunction(
    "pcall(f: function, ...): boolean, any",
    "Calls a function and catches its error: true and the results, or false and the error.",
  ),
  luaFunction(
    "print(...)",
    "Writes to standard output, with tabs between the values. It is no log: see `Log`.",
  ),
  luaFunction("rawequal(a: any, b: any): boolean", "Equality without metamethods."),
  luaFunction("rawget(table: table, key: any): any", "A field without metamethods."),
  luaFunction("rawlen(value: any): integer", "Length without metamethods."),
  luaFunction("rawset(table: table, key: any, value: any): table", "Sets a field without metamethods."),
  luaFunction(
    "require(module: string): any",
    "Loads a module once: a file beside this one (`a.b` is `a/b.tac`), or a module of the library such as `tactus.tools.done`.",
  ),
  luaFunction("select(n: any, ...): any", 'The arguments from number `n` on; `select("#", …)` counts them.'),
  luaFunction(
    "setmetatable(table: table, metatable: any): table",
    "Sets the metatable, and gives the table.",
  ),
  luaFunction(
    "tonumber(value: any, base?: integer): number|nil",
    "The value as a number; nil when it is none.",
  ),
  luaFunction("tostring(value: any): string", "The value as text."),
  luaFunction("type(value: any): string", 'The name of its type: "nil", "number", "string", "table" …'),
  luaFunction("utf8_clean(text: any): any", "The text with every byte that is no UTF-8 replaced by `?`."),
  luaFunction("warn(message: string, ...)", "Writes a warning."),
  luaFunction(
    "xpcall(f: function, handler: function, ...): boolean, any",
    "As `pcall`, with a function that sees the error where it happened.",
  ),
];

/** Names of Lua that don't exist here, and what to use instead. */
export const absentGlobals: Readonly<Record<string, string>> = {
  io: "use File.read and File.write",
  load: "code can't be made at run time; write a function",
  loadstring: "code can't be made at run time; write a function",
  loadfile: "use require",
  dofile: "use require",
  package: "use require",
  unpack: "it is table.unpack",
  setfenv: "it left Lua with version 5.2",
  getfenv: "it left Lua with version 5.2",
  python: "there is no bridge to the host",
  env: "a procedure has no environment; declare an input",
  session: "it is MessageHistory",
  Session: "it is MessageHistory",
  Extract: 'use require("tactus.text.extract")',
  Generate: 'use require("tactus.generate")',
  agent: "it is written Agent",
  tool: "it is written Tool",
  procedure: "it is written Procedure",
};

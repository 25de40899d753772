import type { LuaMachine } from "../../machine/lua-machine.ts";
import { luaType } from "../../machine/lua-stack.ts";
import { readRecord, recordBytes } from "../debug-record.ts";
import type { WasmInternals } from "../wasm-internals.ts";
import { originalFunction, registry } from "./original-functions.ts";

/** Functions of Lua that change nothing but what their arguments' own functions do, which are looked at by themselves. */
const pureGlobals = [
  "getmetatable",
  "ipairs",
  "next",
  "pairs",
  "rawequal",
  "rawget",
  "rawlen",
  "select",
  "tonumber",
  "tostring",
  "type",
];
const pureLibraries = ["string", "math", "utf8"];
const pureTableFunctions = ["concat", "pack", "unpack"];
const libraryChunk = "=tactus";

/** Which functions an expression may call that must change nothing. */
export class PureFunctions {
  readonly #internals: WasmInternals;
  readonly #codes = new Set<number>();
  readonly #setmetatable: number;
  readonly #record: number;
  readonly #what: { readonly all: number; readonly pushFunction: number };

  constructor(machine: LuaMachine, internals: WasmInternals) {
    this.#internals = internals;
    this.#what = { all: internals.strings.keep("nSl"), pushFunction: internals.strings.keep("f") };
    const { stack } = machine;
    this.#record = internals.c.malloc(recordBytes);
    this.#setmetatable = originalFunction(machine, internals, "setmetatable");
    const add = (library: string | undefined, names: readonly string[] | "all"): void => {
      machine.balanced(() => {
        stack.reserve(8);
        internals.c.lua_pushvalue(internals.thread(), registry);
        stack.pushText("_LOADED");
        stack.rawGet(-2);
        this.#addFrom(machine, library ?? "_G", names);
      });
      machine.balanced(() => {
        stack.reserve(8);
        machine.push(machine.globals);
        if (library === undefined) this.#addFields(machine, names);
        else this.#addFrom(machine, library, names);
      });
    };
    add(undefined, pureGlobals);
    add("table", pureTableFunctions);
    for (const library of pureLibraries) add(library, "all");
  }

  /**
   * Of the function that a hook for calls was told of. Functions of the dialect are, but where they call the host or set
   * a metatable.
   */
  isPure(state: number, record: number): boolean {
    const { c, strings, dispatcher } = this.#internals;
    c.lua_getinfo(state, this.#what.all, record);
    if (readRecord(strings, record).source === libraryChunk) return true;
    c.lua_getinfo(state, this.#what.pushFunction, record);
    const code = c.lua_tocfunction(state, -1);
    c.lua_settop(state, -2);
    if (this.#codes.has(code)) return true;
    return code !== 0 && code !== dispatcher && code !== this.#setmetatable && this.#isCalledByDialect(state);
  }

  #isCalledByDialect(state: number): boolean {
    const { c, strings } = this.#internals;
    if (c.lua_getstack(state, 1, this.#record) === 0) return false;
    c.lua_getinfo(state, this.#what.all, this.#record);
    return readRecord(strings, this.#record).source === libraryChunk;
  }

  /** From the table on top. */
  #addFrom(machine: LuaMachine, library: string, names: readonly string[] | "all"): void {
    machine.stack.pushText(library);
    if (machine.stack.rawGet(-2) === luaType.table) this.#addFields(machine, names);
  }

  #addFields(machine: LuaMachine, names: readonly string[] | "all"): void {
    const { stack } = machine;
    const { c, thread } = this.#internals;
    const table = stack.top();
    stack.pushNil();
    while (stack.next(table)) {
      const isWanted =
        names === "all" || (stack.typeAt(-2) === luaType.string && names.includes(stack.toText(-2)));
      const code = isWanted ? c.lua_tocfunction(thread(), -1) : 0;
      if (code !== 0) this.#codes.add(code);
      stack.setTop(-2);
    }
  }
}

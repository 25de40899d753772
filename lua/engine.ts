/**
 * The port of a Lua engine. Two engines stand behind it: Lua 5.4 in WebAssembly (`wasm/`, runs procedures in the
 * sandbox) and fengari (`fengari/`, evaluates declarations for the editor). One conformance suite runs on both.
 *
 * Everything is synchronous. No JavaScript value ever enters Lua: scalars are copied, tables and functions are
 * references, JSON is decoded into fresh Lua tables.
 */

/**
 * A Lua value as the host sees it. `undefined` is nil; coroutines and userdata, which have no face here, read as nil.
 * Integers beyond 2^53 are bigint. A whole number goes into Lua as an integer: to give a float back as
 * one, read it exactly (`HostCall.exact`) or leave it in its table. Text is UTF-8; bytes that are not become U+FFFD.
 */
export type LuaValue = undefined | boolean | number | bigint | string | LuaTable | LuaFunction | LuaJson;

/**
 * A reference to a Lua table; access is raw (no metamethods run). A reference that is made while a host function runs
 * (its arguments, results of calls it makes, tables it creates) lives until that function returns, unless retained.
 * One made outside any host function lives until it is released or the engine is closed.
 */
export interface LuaTable {
  readonly kind: "table";
  get(key: string | number): LuaValue;
  /** As `get`, exactly; see `HostCall.exact`. */
  exact(key: string | number): LuaValue;
  set(key: string | number, value: LuaValue): void;
  /** Border of the sequence part, as `rawlen`. */
  length(): number;
  /** Raw pairs in a stable order: 1..n, then other integers ascending, then other keys sorted by text. */
  entries(): Array<[key: LuaValue, value: LuaValue]>;
  setMetatable(metatable: LuaTable | undefined): void;
  getMetatable(): LuaTable | undefined;
  /** True when both references name the same table. */
  is(other: LuaValue): boolean;
  /** Keeps the reference beyond the current host call. */
  retain(): this;
  release(): void;
}

/** A reference to a Lua function; lives as a table reference does. */
export interface LuaFunction {
  readonly kind: "function";
  /** Calls it. Throws LuaError. */
  call(...args: LuaValue[]): LuaValue[];
  /** As `call`, the results exactly; see `HostCall.exact`. */
  callExact(...args: LuaValue[]): LuaValue[];
  /** Line of its definition and the chunk it came from. */
  definition(): LuaPosition | undefined;
  is(other: LuaValue): boolean;
  retain(): this;
  release(): void;
}

/** JSON text to be decoded into fresh Lua values: `3` becomes an integer, `3.0` a float, null becomes nil. */
export interface LuaJson {
  readonly kind: "json";
  readonly text: string;
}

/** Wraps JSON text so that it can be passed wherever a LuaValue goes. */
export function luaJson(text: string): LuaJson {
  return { kind: "json", text };
}

/** A line (from 1) in a chunk. */
export interface LuaPosition {
  readonly chunk: string;
  readonly line: number;
}

/** What a host function sees of its call. */
export interface HostCall {
  readonly argumentCount: number;
  /** Argument `index` (from 1). */
  argument(index: number): LuaValue;
  /**
   * Argument `index` to be passed on to Lua: a float whose value is integral comes as JSON text (`2.0`), since a
   * JavaScript number would go back as an integer.
   */
  exact(index: number): LuaValue;
  /** Position of the Lua code that made this call; `level` 1 is the direct caller, frames of library chunks (names starting with `=`) are skipped. */
  position(level?: number): LuaPosition | undefined;
}

/**
 * A function offered to Lua. What it throws becomes a Lua error: the value or text of a LuaError as it is, of anything
 * else a fixed text. When that error reaches the host again, it keeps kind and position, and has what was thrown as
 * its `cause`. A function that returns nothing returns one nil.
 */
// biome-ignore lint/suspicious/noConfusingVoidType: most host functions return nothing.
export type HostFunction = (call: HostCall) => LuaValue | readonly LuaValue[] | void;

/** How a Lua value becomes JSON. */
export interface JsonEncoding {
  /** What an empty table becomes. */
  readonly emptyTable: "object" | "array";
  /** Separators `", "` and `": "` (as `Json.encode` prints) or none. */
  readonly spaced?: boolean;
  /** Called for a table that has a metatable, before its content is looked at: JSON text to use instead, or undefined. */
  readonly special?: (table: LuaTable) => string | undefined;
  /** What to do with functions, coroutines, userdata: fail, or leave the entry out. Default: fail. */
  readonly unsupported?: "fail" | "omit";
  /** Words for numbers that JSON lacks; default: `null`. `"words"` writes NaN, Infinity, -Infinity. */
  readonly nonFinite?: "null" | "words";
  readonly maximumDepth?: number;
  readonly maximumBytes?: number;
}

/** Why Lua stopped. */
export type LuaErrorKind = "runtime" | "memory" | "instructions" | "aborted" | "syntax" | "conversion";

/** An error that came out of Lua, or that a host function wants to raise there. */
export class LuaError extends Error {
  readonly kind: LuaErrorKind;
  /** The error value when it was not a string (retained; a table the procedure raised). */
  readonly value: LuaValue;
  readonly position: LuaPosition | undefined;
  readonly traceback: string | undefined;

  constructor(
    message: string,
    details: {
      kind?: LuaErrorKind;
      value?: LuaValue;
      position?: LuaPosition | undefined;
      traceback?: string | undefined;
    } = {},
  ) {
    super(message);
    this.name = "LuaError";
    this.kind = details.kind ?? "runtime";
    this.value = details.value;
    this.position = details.position;
    this.traceback = details.traceback;
  }
}

export interface EngineOptions {
  /** Bytes the allocator may hold. fengari can't bound memory and ignores it (its worker has a heap limit). */
  readonly memoryBytes: number;
  /**
   * Instructions of all calls together. After it, every further instruction fails, `pcall` or not. A turn of a loop in
   * a library function counts as one too; one that goes on working after the end loses the whole state. fengari does
   * not count them: there a pattern that backtracks for minutes is only ended from outside.
   */
  readonly instructions: number;
  /** Called every few thousand instructions, inside library functions too; a text ends the VM with kind "aborted" (cancel, pause, suspension), uncatchable as above. */
  readonly interrupt?: () => string | undefined;
  readonly seed: number;
  /** Milliseconds since 1970; `os.time`, `os.date`, `os.clock` read it. */
  readonly now: () => number;
  /** `print`, `io.write`-like output; text ends with a newline. */
  readonly print: (text: string) => void;
  /** Noticed before each call of math.random, os.time, os.date, os.clock (determinism warnings). */
  readonly nondeterministic?: (call: string, position: LuaPosition | undefined) => void;
}

/** One Lua state with the Tactus dialect of the standard library open (docs/compatibility.md). */
export interface LuaEngine {
  readonly name: "lua54-wasm" | "fengari";
  readonly globals: LuaTable;
  /** Compiles text (never bytecode). `chunk` names it in messages and positions; a name starting with `=` marks library code. Throws LuaError of kind "syntax". */
  load(source: string, chunk: string): LuaFunction;
  createTable(): LuaTable;
  /** Makes a host function; `name` stands in its errors. What it holds stays reachable until the engine is closed. */
  createFunction(name: string, implementation: HostFunction): LuaFunction;
  encodeJson(value: LuaValue, encoding: JsonEncoding): string;
  /** Bytes held now and at the peak; instructions used (in steps). */
  usage(): { memoryBytes: number; peakMemoryBytes: number; instructions: number };
  /** Frees the state; every reference is dead afterwards. */
  close(): void;
}

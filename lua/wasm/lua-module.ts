import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { meterLoops } from "./meter-loops.ts";

/** The functions of the module that we call: Lua's C API, the C allocator, emscripten's stack. Pointers are numbers. */
export interface LuaExports {
  readonly memory: WebAssembly.Memory;
  readonly __indirect_function_table: WebAssembly.Table;
  /** Turns of loops in C until `meter_check` is called, and its place in the table; see meter-loops.ts. */
  readonly meter_left: WebAssembly.Global<"i32">;
  readonly meter_check: WebAssembly.Global<"i32">;
  __wasm_call_ctors(): void;
  emscripten_stack_init(): void;
  stackSave(): number;
  stackRestore(pointer: number): void;
  setThrew(value: number, kind: number): void;
  malloc(size: number): number;
  realloc(pointer: number, size: number): number;
  free(pointer: number): void;

  lua_newstate(allocator: number, data: number): number;
  lua_gettop(state: number): number;
  lua_settop(state: number, index: number): void;
  lua_checkstack(state: number, count: number): number;
  lua_pushvalue(state: number, index: number): void;
  lua_type(state: number, index: number): number;
  lua_isinteger(state: number, index: number): number;
  lua_toboolean(state: number, index: number): number;
  lua_tonumberx(state: number, index: number, isNumber: number): number;
  lua_tointegerx(state: number, index: number, isNumber: number): bigint;
  lua_tolstring(state: number, index: number, length: number): number;
  lua_rawlen(state: number, index: number): bigint;
  lua_topointer(state: number, index: number): number;
  lua_touserdata(state: number, index: number): number;
  lua_rawequal(state: number, left: number, right: number): number;
  lua_pushnil(state: number): void;
  lua_pushboolean(state: number, value: number): void;
  lua_pushnumber(state: number, value: number): void;
  lua_pushinteger(state: number, value: bigint): void;
  lua_pushlstring(state: number, text: number, length: number): number;
  lua_pushlightuserdata(state: number, pointer: number): void;
  lua_pushcclosure(state: number, code: number, upvalues: number): void;
  lua_createtable(state: number, sequenceSize: number, otherSize: number): void;
  lua_rawget(state: number, index: number): number;
  lua_rawset(state: number, index: number): void;
  lua_rawgeti(state: number, index: number, position: bigint): number;
  lua_rawseti(state: number, index: number, position: bigint): void;
  lua_next(state: number, index: number): number;
  lua_getmetatable(state: number, index: number): number;
  lua_setmetatable(state: number, index: number): number;
  lua_pcallk(
    state: number,
    args: number,
    results: number,
    handler: number,
    context: number,
    next: number,
  ): number;
  lua_error(state: number): never;
  lua_getstack(state: number, level: number, record: number): number;
  lua_getinfo(state: number, what: number, record: number): number;
  lua_sethook(state: number, hook: number, mask: number, count: number): void;
  lua_gethookmask(state: number): number;
  lua_getlocal(state: number, record: number, position: number): number;
  lua_setlocal(state: number, record: number, position: number): number;
  lua_getupvalue(state: number, index: number, position: number): number;
  lua_setupvalue(state: number, index: number, position: number): number;
  lua_newthread(state: number): number;
  lua_tothread(state: number, index: number): number;
  lua_pushthread(state: number): number;
  lua_tocfunction(state: number, index: number): number;
  lua_xmove(from: number, to: number, count: number): void;
  lua_resume(state: number, from: number, args: number, results: number): number;
  lua_resetthread(state: number): number;
  lua_status(state: number): number;
  lua_dump(state: number, writer: number, data: number, strip: number): number;
  lua_rotate(state: number, index: number, count: number): void;
  luaL_loadbufferx(state: number, text: number, length: number, name: number, mode: number): number;
  lua_concat(state: number, count: number): void;
  luaL_where(state: number, level: number): void;
  luaL_traceback(state: number, of: number, message: number, level: number): void;
  luaL_requiref(state: number, name: number, opener: number, global: number): void;
  luaopen_base(state: number): number;
  luaopen_string(state: number): number;
  luaopen_table(state: number): number;
  luaopen_math(state: number): number;
  luaopen_utf8(state: number): number;
  luaopen_coroutine(state: number): number;
  luaopen_debug(state: number): number;
}

/** Thrown to unwind C frames to the nearest protected call. */
export class LongJump {}

type WasmType = "i32" | "f64";

export interface LuaInstance {
  readonly exports: LuaExports;
  /** Makes a function of WebAssembly, which is all that the table of C function pointers takes. */
  wrapFunction<F extends (...values: never[]) => unknown>(
    implementation: F,
    parameters: WasmType[],
    result?: WasmType,
  ): F;
  /** Puts a JavaScript function into the table; returns its C pointer. */
  addFunction(
    implementation: (...values: never[]) => unknown,
    parameters: WasmType[],
    result?: WasmType,
  ): number;
}

/** What an instance needs from its owner. */
export interface LuaInstanceOptions {
  /** The linear memory never grows beyond this. */
  readonly maximumBytes: number;
  /** What a long jump throws now. */
  readonly longJump: () => unknown;
}

const pageBytes = 65_536;
/** The jump table of the interpreter has one target for each of Lua 5.4's instructions but the last. */
const interpreterJumps = 82;

/**
 * Compiles Lua. `wasm` is a module that `meteredLua` made, or its path; default: made now of the file of the `wasmoon`
 * package, which takes some hundredths of a second.
 */
export async function compileLua(wasm?: string | Uint8Array<ArrayBuffer>): Promise<WebAssembly.Module> {
  if (wasm !== undefined) return WebAssembly.compile(typeof wasm === "string" ? readFileSync(wasm) : wasm);
  const original = createRequire(import.meta.url).resolve("wasmoon/dist/glue.wasm");
  return WebAssembly.compile(meteredLua(Uint8Array.from(readFileSync(original))));
}

/** Lua with a meter in the loops of its C code. The interpreter's own loop is left out: Lua counts its instructions. */
export function meteredLua(original: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  return meterLoops(original, ({ largestJumpTable }) => largestJumpTable === interpreterJumps);
}

/**
 * Instantiates Lua with imports of our own instead of emscripten's: there is no clock, file, environment or terminal
 * behind them, so the module can reach nothing, starts in a millisecond, and two instances behave alike (the seed of
 * the string hash is made from the time and from addresses).
 */
export function instantiateLua(module: WebAssembly.Module, options: LuaInstanceOptions): LuaInstance {
  const imports: Record<string, Record<string, (...values: number[]) => unknown>> = {};
  const offered = offeredImports(() => exports, options);
  for (const { module: space, name } of WebAssembly.Module.imports(module)) {
    imports[space] ??= {};
    imports[space][name] = offered[name] ?? missingImport(name);
  }
  const exports = new WebAssembly.Instance(module, imports).exports as unknown as LuaExports;
  exports.emscripten_stack_init();
  exports.__wasm_call_ctors();
  return {
    exports,
    wrapFunction,
    addFunction: (implementation, parameters, result) => {
      const slot = exports.__indirect_function_table.grow(1);
      exports.__indirect_function_table.set(slot, wrapFunction(implementation, parameters, result));
      return slot;
    },
  };
}

function offeredImports(
  exports: () => LuaExports,
  options: LuaInstanceOptions,
): Record<string, (...values: number[]) => unknown> {
  const writeSizes = (count: number, bytes: number): number => {
    const view = new DataView(exports().memory.buffer);
    view.setUint32(count, 0, true);
    view.setUint32(bytes, 0, true);
    return 0;
  };
  return {
    invoke_vii: (code = 0, first = 0, second = 0) => callCatchingJumps(exports(), code, first, second),
    _emscripten_throw_longjmp: () => {
      throw options.longJump();
    },
    emscripten_resize_heap: (bytes = 0) => growMemory(exports().memory, bytes >>> 0, options.maximumBytes),
    emscripten_date_now: () => 0,
    _emscripten_get_now_is_monotonic: () => 1,
    environ_sizes_get: (count = 0, bytes = 0) => writeSizes(count, bytes),
    environ_get: () => 0,
  };
}

/** `setjmp` as emscripten compiles it: the caller looks at the flag that `setThrew` sets. */
function callCatchingJumps(exports: LuaExports, code: number, first: number, second: number): void {
  const stack = exports.stackSave();
  try {
    exports.__indirect_function_table.get(code)(first, second);
  } catch (thrown) {
    exports.stackRestore(stack);
    if (!(thrown instanceof LongJump)) throw thrown;
    exports.setThrew(1, 0);
  }
}

function growMemory(memory: WebAssembly.Memory, bytes: number, maximum: number): number {
  const now = memory.buffer.byteLength;
  if (bytes > maximum) return 0;
  // Growing by a fifth keeps the number of growths small; each one detaches every view.
  const wanted = Math.min(maximum, Math.max(bytes, Math.ceil(now * 1.2)));
  try {
    memory.grow(Math.ceil((wanted - now) / pageBytes));
    return 1;
  } catch {
    return 0; // The machine has no more; C sees a failed malloc.
  }
}

function missingImport(name: string): () => never {
  return () => {
    throw new Error(`Lua asked for ${name}, which it is not given`);
  };
}

const typeCodes: Record<WasmType, number> = { i32: 0x7f, f64: 0x7c };

/** Assembles a module that imports the JavaScript function and exports it again. */
function wrapFunction<F extends (...values: never[]) => unknown>(
  implementation: F,
  parameters: WasmType[],
  result?: WasmType,
): F {
  const results = result === undefined ? [] : [typeCodes[result]];
  const type = [
    0x60,
    parameters.length,
    ...parameters.map((name) => typeCodes[name]),
    results.length,
    ...results,
  ];
  const bytes = Uint8Array.of(
    ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0], // magic, version 1
    ...[1, type.length + 1, 1, ...type], // types: one
    ...[2, 7, 1, 1, 0x66, 1, 0x66, 0, 0], // imports: function "f" of "f", type 0
    ...[7, 5, 1, 1, 0x66, 0, 0], // exports: function 0 as "f"
  );
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes), { f: { f: implementation } });
  return exports["f"] as unknown as F;
}

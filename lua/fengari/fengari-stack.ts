import "./shortest-floats.ts";
import fengari from "fengari";
import { LuaError } from "../engine.ts";
import type { LuaFrame, LuaStack, LuaStatus, LuaType, NativeFunction } from "../machine/lua-stack.ts";

const { lua, lauxlib, lualib } = fengari;
type State = ReturnType<typeof lauxlib.luaL_newstate>;

const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
const textMode = encoder.encode("t");
const lineInformation = encoder.encode("Sl");
const definitionInformation = encoder.encode(">S");
/** The registry's first integers belong to Lua. */
const firstSlot = 8;

/** fengari (Lua 5.3 in JavaScript) behind the common face. Integers have 32 bits: larger ones cross as floats. */
export class FengariStack implements LuaStack {
  readonly #main: State;
  /** The running thread. */
  #thread: State;
  #hook: ((state: State) => void) | undefined;
  /** What `raise` threw last. */
  #jump: unknown;

  constructor() {
    this.#main = lauxlib.luaL_newstate();
    this.#thread = this.#main;
    lua.lua_atnativeerror(this.#main, (state) => this.#describeNativeError(state));
    for (const [name, opener] of [
      ["_G", lualib.luaopen_base],
      ["string", lualib.luaopen_string],
      ["table", lualib.luaopen_table],
      ["math", lualib.luaopen_math],
      ["utf8", lualib.luaopen_utf8],
      ["coroutine", lualib.luaopen_coroutine],
      ["debug", lualib.luaopen_debug],
    ] as const) {
      lauxlib.luaL_requiref(this.#main, encoder.encode(name), opener, 1);
      lua.lua_settop(this.#main, 0);
    }
  }

  /** Errors of JavaScript inside fengari: its own recursion running out, or a defect of one of its functions. */
  #describeNativeError(state: State): number {
    const overflow = lua.lua_touserdata(state, 1) instanceof RangeError;
    lua.lua_pushstring(state, encoder.encode(overflow ? "stack overflow" : "error inside the Lua machine"));
    return 1;
  }

  top(): number {
    return lua.lua_gettop(this.#thread);
  }

  setTop(index: number): void {
    lua.lua_settop(this.#thread, index);
  }

  reserve(count: number): void {
    if (!lua.lua_checkstack(this.#thread, count)) throw new LuaError("stack overflow", { kind: "memory" });
  }

  pushCopy(index: number): void {
    lua.lua_pushvalue(this.#thread, index);
  }

  typeAt(index: number): LuaType {
    return lua.lua_type(this.#thread, index);
  }

  isInteger(index: number): boolean {
    return lua.lua_isinteger(this.#thread, index);
  }

  toBoolean(index: number): boolean {
    return lua.lua_toboolean(this.#thread, index);
  }

  toNumber(index: number): number {
    return lua.lua_tonumber(this.#thread, index);
  }

  toBigInt(index: number): bigint {
    return BigInt(lua.lua_tonumber(this.#thread, index));
  }

  toText(index: number): string {
    return decoder.decode(lua.lua_tostring(this.#thread, index));
  }

  byteLength(index: number): number {
    return lua.lua_rawlen(this.#thread, index);
  }

  identity(index: number): unknown {
    return lua.lua_topointer(this.#thread, index);
  }

  rawEqual(left: number, right: number): boolean {
    return Boolean(lua.lua_rawequal(this.#thread, left, right));
  }

  pushNil(): void {
    lua.lua_pushnil(this.#thread);
  }

  pushBoolean(value: boolean): void {
    lua.lua_pushboolean(this.#thread, value);
  }

  pushFloat(value: number): void {
    lua.lua_pushnumber(this.#thread, value);
  }

  pushInteger(value: number | bigint): void {
    const number = Number(value);
    if (isInteger32(number)) lua.lua_pushinteger(this.#thread, number);
    else lua.lua_pushnumber(this.#thread, number);
  }

  pushText(text: string): void {
    lua.lua_pushstring(this.#thread, encoder.encode(text));
  }

  pushNative(native: NativeFunction): void {
    lua.lua_pushcfunction(this.#thread, (state) => this.#inThread(state, native));
  }

  pushGlobals(): void {
    lua.lua_rawgeti(this.#thread, lua.LUA_REGISTRYINDEX, lua.LUA_RIDX_GLOBALS);
  }

  concatenate(): void {
    lua.lua_concat(this.#thread, 2);
  }

  newTable(sequenceSize: number, otherSize: number): void {
    lua.lua_createtable(this.#thread, sequenceSize, otherSize);
  }

  rawGet(index: number): LuaType {
    return lua.lua_rawget(this.#thread, index);
  }

  rawSet(index: number): void {
    lua.lua_rawset(this.#thread, index);
  }

  rawGetAt(index: number, position: number): LuaType {
    if (isInteger32(position)) return lua.lua_rawgeti(this.#thread, index, position);
    this.pushNil();
    return this.typeAt(-1);
  }

  rawSetAt(index: number, position: number): void {
    lua.lua_rawseti(this.#thread, index, position);
  }

  rawLength(index: number): number {
    return lua.lua_rawlen(this.#thread, index);
  }

  next(index: number): boolean {
    return lua.lua_next(this.#thread, index) !== 0;
  }

  getMetatable(index: number): boolean {
    return lua.lua_getmetatable(this.#thread, index);
  }

  setMetatable(index: number): void {
    lua.lua_setmetatable(this.#thread, index);
  }

  pushSlot(slot: number): void {
    lua.lua_rawgeti(this.#thread, lua.LUA_REGISTRYINDEX, firstSlot + slot);
  }

  setSlot(slot: number): void {
    lua.lua_rawseti(this.#thread, lua.LUA_REGISTRYINDEX, firstSlot + slot);
  }

  load(source: string, chunkName: string): LuaStatus {
    const text = encoder.encode(source);
    return lauxlib.luaL_loadbufferx(this.#thread, text, text.length, encoder.encode(chunkName), textMode);
  }

  protectedCall(argumentCount: number, handler: number): LuaStatus {
    const thread = this.#thread;
    try {
      return lua.lua_pcall(thread, argumentCount, lua.LUA_MULTRET, handler);
    } finally {
      this.#thread = thread;
    }
  }

  raise(): never {
    try {
      return lua.lua_error(this.#thread);
    } catch (jump) {
      this.#jump = jump;
      throw jump;
    }
  }

  passUnwinding(thrown: unknown): void {
    if (thrown === this.#jump) throw thrown;
  }

  frame(level: number): LuaFrame | undefined {
    const record = new lua.lua_Debug();
    if (!lua.lua_getstack(this.#thread, level, record)) return undefined;
    lua.lua_getinfo(this.#thread, lineInformation, record);
    return { source: decoder.decode(record.source), line: record.currentline };
  }

  definition(): LuaFrame {
    const record = new lua.lua_Debug();
    lua.lua_getinfo(this.#thread, definitionInformation, record);
    return { source: decoder.decode(record.source), line: record.linedefined };
  }

  pushWhere(level: number): void {
    lauxlib.luaL_where(this.#thread, level);
  }

  traceback(): string {
    lauxlib.luaL_traceback(this.#thread, this.#thread, null, 1);
    const text = this.toText(-1);
    this.setTop(-2);
    return text;
  }

  watch(instructions: number, check: () => void): void {
    this.#hook = (state) => {
      this.#inThread(state, check);
    };
    lua.lua_sethook(this.#main, this.#hook, lua.LUA_MASKCOUNT, instructions);
  }

  watchEveryInstruction(): void {
    if (this.#hook === undefined) return;
    lua.lua_sethook(this.#thread, this.#hook, lua.LUA_MASKCOUNT, 1);
    lua.lua_sethook(this.#main, this.#hook, lua.LUA_MASKCOUNT, 1);
  }

  /** fengari's memory is JavaScript's: nobody counts it. */
  noteRefusal(): void {
    // Nothing is refused: fengari's memory is JavaScript's.
  }

  allocationRefusedAt(): undefined {
    return undefined;
  }

  usage(): { memoryBytes: number; peakMemoryBytes: number } {
    return { memoryBytes: 0, peakMemoryBytes: 0 };
  }

  close(): void {
    lua.lua_settop(this.#main, 0);
  }

  #inThread<T>(state: State, work: () => T): T {
    const thread = this.#thread;
    this.#thread = state;
    try {
      return work();
    } finally {
      this.#thread = thread;
    }
  }
}

function isInteger32(value: number): boolean {
  return (value | 0) === value;
}

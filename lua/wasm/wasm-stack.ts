import { LuaError, type LuaPosition } from "../engine.ts";
import type { LuaFrame, LuaStack, LuaStatus, LuaType, NativeFunction } from "../machine/lua-stack.ts";
import { memoryMessage } from "../machine/lua-stack.ts";
import { callerPosition } from "../machine/positions.ts";
import { CStrings } from "./c-strings.ts";
import { readFrame, recordBytes } from "./debug-record.ts";
import { InstructionWatch } from "./instruction-watch.ts";
import { instantiateLua, LongJump, type LuaExports, type LuaInstance } from "./lua-module.ts";
import { linearMemoryBytes, MemoryBudget } from "./memory-budget.ts";
import { openLibraries } from "./open-libraries.ts";
import { printShortestFloats } from "./shortest-floats.ts";
import type { WasmInternals } from "./wasm-internals.ts";

const registry = -1_001_000;
const firstUpvalue = registry - 1;
const allResults = -1;
/** The C stack the module comes with is shared with nothing, but deep recursion through C functions wants room. */
const cStackBytes = 1 << 20;
/** The registry's first integers belong to Lua, one holds its `collectgarbage`, the host's references follow. */
const collectorSlot = 7;
const firstSlot = 8;

/** Lua 5.4 in WebAssembly behind the common face. */
export class WasmStack implements LuaStack {
  readonly #instance: LuaInstance;
  readonly #c: LuaExports;
  readonly #strings: CStrings;
  readonly #budget: MemoryBudget;
  readonly #main: number;
  readonly #record: number;
  /** Where C writes the length of a string. */
  readonly #length: number;
  readonly #names: { source: number; line: number; definition: number; text: number };
  readonly #natives: NativeFunction[] = [];
  readonly #dispatcher: number;
  readonly #jump = new LongJump();
  readonly #watch: InstructionWatch;
  /** The running thread (`lua_State *`). */
  #thread: number;
  #refusedAt: LuaPosition | undefined;
  /** What broke the C side (its frames were not unwound); everything throws it from then on. */
  #broken: LuaError | undefined;

  constructor(module: WebAssembly.Module, memoryBytes: number) {
    this.#budget = new MemoryBudget(memoryBytes, () => this.noteRefusal());
    this.#instance = instantiateLua(module, {
      maximumBytes: linearMemoryBytes(memoryBytes),
      longJump: () => this.#longJump(),
    });
    this.#c = this.#instance.exports;
    this.#c.stackRestore((this.#c.malloc(cStackBytes) + cStackBytes) & -16); // the compiler relies on the alignment
    this.#strings = new CStrings(this.#c);
    printShortestFloats(this.#instance, this.#strings);
    this.#record = this.#c.malloc(recordBytes);
    this.#length = this.#c.malloc(4);
    const keep = (text: string): number => this.#strings.keep(text);
    this.#names = { source: keep("S"), line: keep("Sl"), definition: keep(">S"), text: keep("t") };
    this.#dispatcher = this.#instance.addFunction((state: number) => this.#dispatch(state), ["i32"], "i32");
    this.#main = this.#newState();
    this.#thread = this.#main;
    this.#watch = this.#instructionWatch();
    this.#openLibraries();
  }

  #instructionWatch(): InstructionWatch {
    return new InstructionWatch({
      instance: this.#instance,
      main: this.#main,
      inThread: (state, work) => this.#inThread(state, work),
      isMetered: () => this.#budget.enforced,
      end: (failure) => {
        this.#broken ??= failure;
        throw this.#broken;
      },
    });
  }

  #newState(): number {
    const allocate = (_data: number, block: number, oldSize: number, newSize: number): number =>
      this.#budget.allocate(this.#c, block, oldSize >>> 0, newSize >>> 0);
    const allocator = this.#instance.addFunction(allocate, ["i32", "i32", "i32", "i32"], "i32");
    const state = this.#c.lua_newstate(allocator, 0);
    if (state === 0) throw new LuaError(memoryMessage, { kind: "memory" });
    return state;
  }

  /** Opens the libraries, and keeps `collectgarbage`, which the dialect replaces. */
  #openLibraries(): void {
    openLibraries(this.#c, this.#strings, this.#main);
    this.pushGlobals();
    this.pushText("collectgarbage");
    this.rawGet(-2);
    this.rawSetAt(registry, collectorSlot);
    this.setTop(0);
  }

  top(): number {
    return this.#c.lua_gettop(this.#thread);
  }

  setTop(index: number): void {
    this.#c.lua_settop(this.#thread, index);
  }

  reserve(count: number): void {
    if (this.#c.lua_checkstack(this.#thread, count) === 0)
      throw new LuaError("stack overflow", { kind: "memory" });
  }

  pushCopy(index: number): void {
    this.#c.lua_pushvalue(this.#thread, index);
  }

  typeAt(index: number): LuaType {
    return this.#c.lua_type(this.#thread, index);
  }

  isInteger(index: number): boolean {
    return this.#c.lua_isinteger(this.#thread, index) !== 0;
  }

  toBoolean(index: number): boolean {
    return this.#c.lua_toboolean(this.#thread, index) !== 0;
  }

  toNumber(index: number): number {
    return this.#c.lua_tonumberx(this.#thread, index, 0);
  }

  toBigInt(index: number): bigint {
    return this.#c.lua_tointegerx(this.#thread, index, 0);
  }

  toText(index: number): string {
    const address = this.#c.lua_tolstring(this.#thread, index, this.#length);
    return this.#strings.read(address, this.#strings.integer(this.#length));
  }

  byteLength(index: number): number {
    return Number(this.#c.lua_rawlen(this.#thread, index));
  }

  identity(index: number): number {
    return this.#c.lua_topointer(this.#thread, index);
  }

  rawEqual(left: number, right: number): boolean {
    return this.#c.lua_rawequal(this.#thread, left, right) !== 0;
  }

  pushNil(): void {
    this.#c.lua_pushnil(this.#thread);
  }

  pushBoolean(value: boolean): void {
    this.#c.lua_pushboolean(this.#thread, value ? 1 : 0);
  }

  pushFloat(value: number): void {
    this.#c.lua_pushnumber(this.#thread, value);
  }

  pushInteger(value: number | bigint): void {
    this.#c.lua_pushinteger(this.#thread, BigInt(value));
  }

  pushText(text: string): void {
    if (text.length > 1024) this.#makeRoom(text.length);
    const address = this.#strings.write(text);
    this.#c.lua_pushlstring(this.#thread, address, this.#strings.lastLength);
  }

  pushNative(native: NativeFunction): void {
    this.#c.lua_pushlightuserdata(this.#thread, this.#natives.push(native) - 1);
    this.#c.lua_pushcclosure(this.#thread, this.#dispatcher, 1);
  }

  pushGlobals(): void {
    this.#c.lua_rawgeti(this.#thread, registry, 2n);
  }

  concatenate(): void {
    this.#c.lua_concat(this.#thread, 2);
  }

  newTable(sequenceSize: number, otherSize: number): void {
    this.#makeRoom(16 * sequenceSize + 40 * otherSize);
    this.#c.lua_createtable(this.#thread, sequenceSize, otherSize);
  }

  rawGet(index: number): LuaType {
    return this.#c.lua_rawget(this.#thread, index);
  }

  rawSet(index: number): void {
    this.#c.lua_rawset(this.#thread, index);
  }

  rawGetAt(index: number, position: number): LuaType {
    return this.#c.lua_rawgeti(this.#thread, index, BigInt(position));
  }

  rawSetAt(index: number, position: number): void {
    this.#c.lua_rawseti(this.#thread, index, BigInt(position));
  }

  rawLength(index: number): number {
    return Number(this.#c.lua_rawlen(this.#thread, index));
  }

  next(index: number): boolean {
    return this.#c.lua_next(this.#thread, index) !== 0;
  }

  getMetatable(index: number): boolean {
    return this.#c.lua_getmetatable(this.#thread, index) !== 0;
  }

  setMetatable(index: number): void {
    this.#c.lua_setmetatable(this.#thread, index);
  }

  pushSlot(slot: number): void {
    this.rawGetAt(registry, firstSlot + slot);
  }

  setSlot(slot: number): void {
    this.rawSetAt(registry, firstSlot + slot);
  }

  load(source: string, chunkName: string): LuaStatus {
    this.#makeRoom(source.length);
    const name = this.#strings.keep(chunkName);
    const text = this.#strings.write(source);
    const length = this.#strings.lastLength;
    const status = this.#strictly(() =>
      this.#c.luaL_loadbufferx(this.#thread, text, length, name, this.#names.text),
    );
    this.#c.free(name);
    return status;
  }

  protectedCall(argumentCount: number, handler: number): LuaStatus {
    return this.#strictly(() => this.#c.lua_pcallk(this.#thread, argumentCount, allResults, handler, 0, 0));
  }

  /** Runs C code that catches Lua's errors itself, with the memory bound in force. */
  #strictly(run: () => LuaStatus): LuaStatus {
    this.#assertSound();
    const { enforced } = this.#budget;
    const thread = this.#thread;
    const stack = this.#c.stackSave();
    this.#budget.enforced = true;
    try {
      return run();
    } catch (thrown) {
      this.#c.stackRestore(stack);
      this.#broken ??= new LuaError("stack overflow", { kind: "aborted" });
      if (thrown !== this.#broken) this.#broken.cause ??= thrown;
      throw this.#broken;
    } finally {
      this.#thread = thread;
      this.#budget.enforced = enforced;
    }
  }

  raise(): never {
    this.#budget.enforced = true;
    this.#c.lua_error(this.#thread);
    throw new Error("lua_error returned");
  }

  passUnwinding(thrown: unknown): void {
    if (thrown === this.#jump) throw thrown;
    this.#assertSound();
  }

  #longJump(): unknown {
    if (this.#budget.enforced) return this.#jump;
    // An allocation failed while host code worked on the stack: its frames can't be unwound by Lua.
    this.#broken ??= new LuaError(memoryMessage, { kind: "memory" });
    return this.#broken;
  }

  #assertSound(): void {
    if (this.#broken !== undefined) throw this.#broken;
  }

  #dispatch(state: number): number {
    const thread = this.#thread;
    const { enforced } = this.#budget;
    this.#thread = state;
    this.#budget.enforced = false;
    try {
      const native = this.#natives[this.#c.lua_touserdata(state, firstUpvalue)];
      const count = native?.() ?? 0;
      this.#assertSound();
      return count;
    } catch (thrown) {
      this.passUnwinding(thrown);
      this.pushText(thrown instanceof LuaError ? thrown.message : "error inside the Lua machine");
      return this.raise();
    } finally {
      this.#thread = thread;
      this.#budget.enforced = enforced;
    }
  }

  /** Refuses what the budget can't hold even after a collection. */
  #makeRoom(bytes: number): void {
    if (this.#budget.hasRoomFor(bytes)) return;
    this.rawGetAt(registry, collectorSlot);
    this.#c.lua_pcallk(this.#thread, 0, 0, 0, 0, 0);
    if (!this.#budget.hasRoomFor(bytes)) throw new LuaError(memoryMessage, { kind: "memory" });
  }

  frame(level: number): LuaFrame | undefined {
    if (this.#c.lua_getstack(this.#thread, level, this.#record) === 0) return undefined;
    this.#c.lua_getinfo(this.#thread, this.#names.line, this.#record);
    return readFrame(this.#strings, this.#record, "currentLine");
  }

  definition(): LuaFrame {
    this.#c.lua_getinfo(this.#thread, this.#names.definition, this.#record);
    return readFrame(this.#strings, this.#record, "definedLine");
  }

  pushWhere(level: number): void {
    this.#c.luaL_where(this.#thread, level);
  }

  traceback(): string {
    this.#c.luaL_traceback(this.#thread, this.#thread, 0, 1);
    const text = this.toText(-1);
    this.setTop(-2);
    return text;
  }

  /** What lies behind this face, for those who look into the state. */
  get internals(): WasmInternals {
    return {
      instance: this.#instance,
      c: this.#c,
      strings: this.#strings,
      main: this.#main,
      thread: () => this.#thread,
      within: (thread, work) => this.#within(thread, work),
      strictly: (run) => this.#strictly(run),
      dispatcher: this.#dispatcher,
      countHook: (state) => this.#watch.onCount(state),
    };
  }

  #within<Value>(thread: number, work: () => Value): Value {
    const { enforced } = this.#budget;
    this.#budget.enforced = false;
    try {
      return this.#inThread(thread, work);
    } finally {
      this.#budget.enforced = enforced;
    }
  }

  #inThread<Value>(thread: number, work: () => Value): Value {
    const outer = this.#thread;
    this.#thread = thread;
    try {
      return work();
    } finally {
      this.#thread = outer;
    }
  }

  watch(instructions: number, check: () => void, checkWork: () => LuaError | undefined): void {
    this.#watch.start(instructions, check, checkWork);
  }

  watchEveryInstruction(): void {
    this.#watch.everyInstruction(this.#thread);
  }

  noteRefusal(): void {
    this.#refusedAt = callerPosition(this, 1);
  }

  allocationRefusedAt(): LuaPosition | undefined {
    return this.#refusedAt;
  }

  usage(): { memoryBytes: number; peakMemoryBytes: number } {
    return { memoryBytes: this.#budget.usedBytes, peakMemoryBytes: this.#budget.peakBytes };
  }

  /** The instance goes as a whole; there is nothing in it that a finalizer would have to end. */
  close(): void {
    this.#broken ??= new LuaError("this Lua state was closed", { kind: "aborted" });
    this.#natives.length = 0;
  }
}

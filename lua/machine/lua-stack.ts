import type { LuaError, LuaPosition } from "../engine.ts";

/**
 * The slice of Lua's C API that both engines offer. Everything in this folder is written against it, so that values,
 * errors, references and JSON behave the same on both.
 *
 * All calls work on the thread that runs at the moment: the main one, or the coroutine that called a native function.
 * Indices count as in the C API (positive from the frame's bottom, negative from the top).
 */
export interface LuaStack {
  top(): number;
  setTop(index: number): void;
  /** Makes room for `count` more values. Throws LuaError of kind "memory" when the stack can't grow. */
  reserve(count: number): void;
  pushCopy(index: number): void;

  typeAt(index: number): LuaType;
  isInteger(index: number): boolean;
  toBoolean(index: number): boolean;
  toNumber(index: number): number;
  /** The integer at `index`, exact. */
  toBigInt(index: number): bigint;
  /** The string at `index` (must be one), decoded from UTF-8. */
  toText(index: number): string;
  /** The string at `index` (must be one), its length in bytes. */
  byteLength(index: number): number;
  /** What identifies a table while it lives. */
  identity(index: number): unknown;
  rawEqual(left: number, right: number): boolean;

  pushNil(): void;
  pushBoolean(value: boolean): void;
  pushFloat(value: number): void;
  pushInteger(value: number | bigint): void;
  /** Throws LuaError of kind "memory" when the text does not fit. */
  pushText(text: string): void;
  pushNative(native: NativeFunction): void;
  pushGlobals(): void;
  /** Joins the two strings on top into one. */
  concatenate(): void;

  newTable(sequenceSize: number, otherSize: number): void;
  /** Replaces the key on top by its value in the table at `index`. */
  rawGet(index: number): LuaType;
  /** Sets the key below the top to the value on top; pops both. */
  rawSet(index: number): void;
  rawGetAt(index: number, position: number): LuaType;
  /** Pops the value on top into `position` of the table. */
  rawSetAt(index: number, position: number): void;
  rawLength(index: number): number;
  /** Pops a key, pushes the next key and value; false (and nothing pushed) at the end. */
  next(index: number): boolean;
  /** Pushes the metatable; false (and nothing pushed) when there is none. */
  getMetatable(index: number): boolean;
  /** Pops a table or nil and makes it the metatable. */
  setMetatable(index: number): void;

  /** A place only the host can name, where Lua keeps a value alive. */
  pushSlot(slot: number): void;
  /** Pops the value on top into the slot. */
  setSlot(slot: number): void;

  /** Compiles text and pushes the function, or an error value when the status is not `ok`. */
  load(source: string, chunkName: string): LuaStatus;
  /** Calls the function below `argumentCount` values; leaves all results, or one error value. `handler` is the index of the message handler. */
  protectedCall(argumentCount: number, handler: number): LuaStatus;
  /** Raises the value on top as a Lua error, past the native functions that run. Never returns. */
  raise(): never;
  /** Throws on what `raise` throws to unwind: a catch-all around calls that might run Lua must call it first. */
  passUnwinding(thrown: unknown): void;

  /** The frame `level` levels below the running function (0). */
  frame(level: number): LuaFrame | undefined;
  /** Pops a function and says where it was defined. */
  definition(): LuaFrame;
  /** Pushes `file:line: ` of the function at `level`, or an empty string when it has no lines. */
  pushWhere(level: number): void;
  traceback(): string;

  /**
   * Calls `check` every `instructions` instructions, in coroutines created later too, and `checkWork` every so many
   * turns of loops in library functions (not in fengari). What `checkWork` returns ends the state: everything throws it.
   */
  watch(instructions: number, check: () => void, checkWork: () => LuaError | undefined): void;
  /** From now on each instruction calls the check. */
  watchEveryInstruction(): void;
  /** Remembers where the procedure stands while it is refused memory: Lua asks no handler about such errors. */
  noteRefusal(): void;
  allocationRefusedAt(): LuaPosition | undefined;
  usage(): { memoryBytes: number; peakMemoryBytes: number };
  close(): void;
}

/** A function of the machine that Lua can call: takes its arguments from the stack, returns how many results it pushed. */
export type NativeFunction = () => number;

/** A place in a chunk; `line` is -1 where there is none (functions of the host). */
export interface LuaFrame {
  /** Chunk name with its mark: `@file` or `=library`. */
  readonly source: string;
  readonly line: number;
}

/** Types of values, numbered as in the C API. */
export const luaType = {
  none: -1,
  nil: 0,
  boolean: 1,
  lightUserdata: 2,
  number: 3,
  string: 4,
  table: 5,
  function: 6,
  userdata: 7,
  thread: 8,
} as const;
export type LuaType = number;

/** What a call or a load came to, numbered as in the C API. */
export const luaStatus = { ok: 0, yielded: 1, runtime: 2, syntax: 3, memory: 4, handler: 5 } as const;
export type LuaStatus = number;

/** The text Lua gives to errors of its allocator. */
export const memoryMessage = "not enough memory";

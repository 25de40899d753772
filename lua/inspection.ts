import type { LuaFunction, LuaTable, LuaValue } from "./engine.ts";

/**
 * The port for looking into a Lua state that stands still: inside a line watch, or while it waits in a function of the
 * host. Only the engine that runs procedures has it.
 */

/** A value as a debugger shows it. */
export interface InspectedValue {
  readonly kind: "nil" | "boolean" | "number" | "string" | "table" | "function" | "thread" | "userdata";
  /** As Lua writes it; of a text its beginning, without quotes; empty for what has no text. */
  readonly text: string;
  /** Whether the text goes on. */
  readonly cut: boolean;
  /** The value itself; a reference is retained, and whoever asked releases it. Undefined for threads and userdata. */
  readonly value: LuaValue;
}

export interface NamedValue extends InspectedValue {
  readonly name: string;
}

/** A coroutine, or 1: the flow that the host calls. Numbers are given in the order of creation. */
export type LuaThreadId = number;

export interface LuaThread {
  readonly id: LuaThreadId;
  /** `calling`: it resumed another thread. */
  readonly state: "running" | "calling" | "suspended";
}

export interface LuaCallFrame {
  /** 0 is the newest. */
  readonly level: number;
  /** As given to `load`. */
  readonly chunk: string;
  /** Absent for functions of the host. */
  readonly line: number | undefined;
  /** Name that the caller used, where it is known. */
  readonly name: string | undefined;
  readonly kind: "lua" | "native" | "main";
  /** Where its function begins. */
  readonly definedAt: number;
}

export interface FrameAt {
  readonly thread: LuaThreadId;
  readonly level: number;
}

/** How an expression is worked out. */
export interface Evaluation {
  readonly text: string;
  /** `pure`: no function that could change anything is called. `free`: also a statement; locals that it sets are set. */
  readonly mode: "pure" | "free";
  readonly frame: FrameAt | undefined;
}

export type EvaluationResult =
  | { readonly ok: true; readonly value: InspectedValue }
  | { readonly ok: false; readonly reason: "failed" | "impure"; readonly message: string };

/** What is told while Lua stands still; whatever happens in there, nothing may be thrown. */
export interface InspectionListener {
  /** Before the first instruction of a watched line. */
  onLine(thread: LuaThreadId, line: number): void;
  /** Every few thousand instructions. */
  onInstructions(): void;
  /** An error was raised, which code of Lua catches. The frames are those of the place where it was raised. */
  onCaughtError(thread: LuaThreadId, message: string): void;
  /** As `onCaughtError`, of one that a function of the host gets. It may be raised in Lua again; that is not told. */
  onUncaughtError(thread: LuaThreadId, message: string): void;
}

export interface LuaInspector {
  /** Lines that are told, of any chunk. With none, the hook for lines is not installed. */
  watchLines(lines: "all" | ReadonlySet<number>): void;
  /** Whether errors that code catches are told. */
  watchCaughtErrors(on: boolean): void;
  /** The thread that runs, or that called the function of the host that does. */
  currentThread(): LuaThreadId;
  threads(): readonly LuaThread[];
  /** Whether the thread has frames. */
  isAlive(thread: LuaThreadId): boolean;
  depth(thread: LuaThreadId): number;
  /** Whether it has more than `depth` frames; quick where it has few. */
  isDeeperThan(thread: LuaThreadId, depth: number): boolean;
  frames(thread: LuaThreadId, start: number, count: number): readonly LuaCallFrame[];
  /** Whether a `pcall` or `xpcall` stands around the newest frame of the running thread. */
  isProtected(): boolean;
  locals(at: FrameAt): readonly NamedValue[];
  upvalues(at: FrameAt): readonly NamedValue[];
  /** Sets the local or the upvalue of that name; false when there is none. */
  setLocal(at: FrameAt, name: string, value: LuaValue): boolean;
  setUpvalue(at: FrameAt, name: string, value: LuaValue): boolean;
  evaluate(evaluation: Evaluation): EvaluationResult;
  /** Value of a raw key. */
  inspect(table: LuaTable, key: LuaValue): InspectedValue;
  /** Keys beside the sequence 1..n, sorted; at most `limit`. */
  namedKeys(table: LuaTable, limit: number): readonly LuaValue[];
  /** Lines of a function, and of all that are defined in it, that can be stopped at. */
  linesOf(chunk: LuaFunction): readonly number[];
}

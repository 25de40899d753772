import type { LuaFunction, LuaTable, LuaValue } from "../../engine.ts";
import type {
  Evaluation,
  EvaluationResult,
  FrameAt,
  InspectedValue,
  InspectionListener,
  LuaCallFrame,
  LuaInspector,
  LuaThread,
  LuaThreadId,
  NamedValue,
} from "../../inspection.ts";
import { compareKeys } from "../../machine/key-order.ts";
import type { LuaMachine } from "../../machine/lua-machine.ts";
import { lineOfHook } from "../debug-record.ts";
import type { WasmInternals } from "../wasm-internals.ts";
import { activeLines } from "./active-lines.ts";
import { CaughtErrors } from "./caught-errors.ts";
import { Evaluator } from "./evaluator.ts";
import { Frames, type StateFrame } from "./frames.ts";
import { addLineFilter, filterLines } from "./line-filter.ts";
import { PureFunctions } from "./pure-functions.ts";
import { Threads } from "./threads.ts";
import { inspectAt } from "./values.ts";

const hookEvents = { line: 1 << 2, count: 1 << 3 };
/** As often as the budget of instructions is looked at anyway. */
const countStep = 2000;

/** Looks into a state of Lua in WebAssembly. Made once, before the state runs anything. */
export class WasmInspector implements LuaInspector {
  readonly #machine: LuaMachine;
  readonly #internals: WasmInternals;
  readonly #listener: InspectionListener;
  readonly #threads: Threads;
  readonly #frames: Frames;
  readonly #evaluator: Evaluator;
  readonly #caught: CaughtErrors;
  /** A byte for each line: whether it is told. */
  readonly #lines: number;
  readonly #hook: number;
  /** What `lua_dump` writes. */
  readonly #dump: { readonly writer: number; pieces: Uint8Array[] };
  #watching = false;
  /** While the listener is told of something, nothing else is told. */
  #telling = false;

  constructor(machine: LuaMachine, internals: WasmInternals, listener: InspectionListener) {
    this.#machine = machine;
    this.#internals = internals;
    this.#listener = listener;
    const { c, instance, strings } = internals;
    this.#lines = c.malloc(filterLines);
    strings.bytes().fill(0, this.#lines, this.#lines + filterLines);
    this.#hook = addLineFilter(instance, this.#lines, {
      onLine: (state, record) => this.#onLine(state, record),
      onCount: (state) => this.#onCount(state),
    });
    this.#threads = new Threads(machine, internals);
    this.#frames = new Frames(machine, internals);
    this.#evaluator = new Evaluator(machine, internals, this.#frames, new PureFunctions(machine, internals));
    this.#caught = new CaughtErrors(machine, internals, (index) =>
      this.#onError(index, (thread, message) => listener.onCaughtError(thread, message)),
    );
    machine.onError = () => this.#onError(1, (thread, message) => listener.onUncaughtError(thread, message));
    this.#dump = { writer: this.#addWriter(), pieces: [] };
    this.#setHooks();
  }

  watchLines(lines: "all" | ReadonlySet<number>): void {
    const bytes = this.#internals.strings.bytes().subarray(this.#lines, this.#lines + filterLines);
    bytes.fill(lines === "all" ? 1 : 0);
    if (lines !== "all") for (const line of lines) bytes[line % filterLines] = 1;
    const watching = lines === "all" || lines.size > 0;
    if (watching === this.#watching) return;
    this.#watching = watching;
    this.#setHooks();
  }

  watchCaughtErrors(on: boolean): void {
    this.#caught.watch(on);
  }

  currentThread(): LuaThreadId {
    return this.#threads.idOf(this.#internals.thread());
  }

  threads(): readonly LuaThread[] {
    return this.#threads.list();
  }

  isAlive(thread: LuaThreadId): boolean {
    return this.#threads.list().some(({ id }) => id === thread);
  }

  depth(thread: LuaThreadId): number {
    return this.#frames.depth(this.#threads.stateOf(thread));
  }

  isDeeperThan(thread: LuaThreadId, depth: number): boolean {
    return this.#frames.isDeeperThan(this.#threads.stateOf(thread), depth);
  }

  frames(thread: LuaThreadId, start: number, count: number): readonly LuaCallFrame[] {
    return this.#frames.list(this.#threads.stateOf(thread), start, count);
  }

  isProtected(): boolean {
    return this.#threads
      .list()
      .some(
        ({ id, state }) =>
          state !== "suspended" && this.#frames.isInside(this.#threads.stateOf(id), this.#caught.codes),
      );
  }

  locals(at: FrameAt): readonly NamedValue[] {
    return this.#frames.locals(this.#stateFrame(at));
  }

  upvalues(at: FrameAt): readonly NamedValue[] {
    return this.#frames.upvalues(this.#stateFrame(at));
  }

  setLocal(at: FrameAt, name: string, value: LuaValue): boolean {
    return this.#frames.setLocal(this.#stateFrame(at), name, value);
  }

  setUpvalue(at: FrameAt, name: string, value: LuaValue): boolean {
    return this.#frames.setUpvalue(this.#stateFrame(at), name, value);
  }

  evaluate(evaluation: Evaluation): EvaluationResult {
    const frame = evaluation.frame && this.#stateFrame(evaluation.frame);
    return this.#quietly(() => this.#evaluator.evaluate(evaluation, frame));
  }

  inspect(table: LuaTable, key: LuaValue): InspectedValue {
    return this.#machine.balanced((base) => {
      const { stack } = this.#machine;
      stack.reserve(4);
      this.#machine.push(table);
      this.#machine.push(key);
      stack.rawGet(base + 1);
      return inspectAt(this.#machine, -1);
    });
  }

  namedKeys(table: LuaTable, limit: number): readonly LuaValue[] {
    const length = table.length();
    const keys = this.#machine.balanced((base) => {
      const { stack } = this.#machine;
      const found: LuaValue[] = [];
      stack.reserve(6);
      this.#machine.push(table);
      stack.pushNil();
      while (found.length < limit && stack.next(base + 1)) {
        stack.setTop(-2);
        const isInSequence = stack.isInteger(-1) && stack.toNumber(-1) >= 1 && stack.toNumber(-1) <= length;
        if (!isInSequence) found.push(inspectAt(this.#machine, -1).value);
      }
      return found;
    });
    return keys.sort(compareKeys);
  }

  linesOf(chunk: LuaFunction): readonly number[] {
    const { c, thread } = this.#internals;
    this.#dump.pieces = [];
    this.#machine.balanced(() => {
      this.#machine.stack.reserve(2);
      this.#machine.push(chunk);
      c.lua_dump(thread(), this.#dump.writer, 0, 0);
    });
    return activeLines(joined(this.#dump.pieces.splice(0)));
  }

  #addWriter(): number {
    const { instance, strings } = this.#internals;
    const write = (_state: number, piece: number, size: number): number => {
      this.#dump.pieces.push(strings.bytes().slice(piece, piece + size));
      return 0;
    };
    return instance.addFunction(write, ["i32", "i32", "i32", "i32"], "i32");
  }

  #stateFrame({ thread, level }: FrameAt): StateFrame {
    return { state: this.#threads.stateOf(thread), level };
  }

  #setHooks(): void {
    const { c } = this.#internals;
    const mask = hookEvents.count | (this.#watching ? hookEvents.line : 0);
    for (const state of this.#threads.states()) c.lua_sethook(state, this.#hook, mask, countStep);
  }

  #onCount(state: number): void {
    if (!this.#telling) {
      this.#internals.within(state, () => this.#quietly(() => this.#listener.onInstructions()));
    }
    this.#internals.countHook(state);
  }

  #onLine(state: number, record: number): void {
    if (this.#telling) return;
    const line = lineOfHook(this.#internals.strings, record);
    this.#internals.within(state, () =>
      this.#quietly(() => this.#listener.onLine(this.#threads.idOf(state), line)),
    );
  }

  /** One that the host only passes on was told where it was raised. */
  #onError(index: number, tell: (thread: LuaThreadId, message: string) => void): void {
    if (this.#telling || this.#machine.isPassedOn(index)) return;
    this.#quietly(() => tell(this.currentThread(), this.#machine.errorTextAt(index)));
  }

  /** Code that an expression runs is not told of: nobody could stop in it. References end with it. */
  #quietly<Value>(work: () => Value): Value {
    const outer = this.#telling;
    this.#telling = true;
    try {
      return this.#machine.references.within(work);
    } finally {
      this.#telling = outer;
    }
  }
}

function joined(pieces: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return all;
}

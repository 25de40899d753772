import type { LuaError } from "../engine.ts";
import type { LuaInstance } from "./lua-module.ts";

const countEvents = 1 << 3;
/** While the meter's own check runs. */
const unmetered = 0x7fff_ffff;

export interface InstructionWatchParts {
  readonly instance: LuaInstance;
  /** The main thread (`lua_State *`). */
  readonly main: number;
  /** Makes a thread the one that runs while it works. */
  readonly inThread: (state: number, work: () => void) => void;
  /** False while the host itself asks something of the state: that does not count, and must not be ended half-way. */
  readonly isMetered: () => boolean;
  /** Throws what ends the state. */
  readonly end: (failure: LuaError) => never;
}

/** Calls back every so many instructions of Lua, and turns of loops in its C code. */
export class InstructionWatch {
  readonly #parts: InstructionWatchParts;
  #check: () => void = () => undefined;
  #hook = 0;

  constructor(parts: InstructionWatchParts) {
    this.#parts = parts;
  }

  start(instructions: number, check: () => void, checkWork: () => LuaError | undefined): void {
    const { instance, main } = this.#parts;
    this.#check = check;
    this.#hook = instance.addFunction((state: number) => this.onCount(state), ["i32", "i32"]);
    instance.exports.lua_sethook(main, this.#hook, countEvents, instructions);
    this.#meter(instructions, checkWork);
  }

  /** What each count of instructions calls. */
  onCount(state: number): void {
    this.#parts.inThread(state, this.#check);
  }

  /** From now on each instruction calls the check, in this thread and in the main one. */
  everyInstruction(thread: number): void {
    const { instance, main } = this.#parts;
    for (const state of [thread, main]) instance.exports.lua_sethook(state, this.#hook, countEvents, 1);
  }

  #meter(turns: number, checkWork: () => LuaError | undefined): void {
    const { instance, isMetered, end } = this.#parts;
    const { meter_left: left, meter_check: place } = instance.exports;
    place.value = instance.addFunction(() => {
      left.value = unmetered;
      const failure = isMetered() ? checkWork() : undefined;
      left.value = turns;
      if (failure !== undefined) end(failure);
    }, []);
    left.value = turns;
  }
}

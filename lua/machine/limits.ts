import { type EngineOptions, LuaError, type LuaErrorKind } from "../engine.ts";
import type { LuaStack } from "./lua-stack.ts";
import { callerPosition } from "./positions.ts";

/** How often the budget is looked at: rare enough to cost nothing, often enough to stop within a millisecond. */
const stepInstructions = 2000;

/**
 * How many steps a library function may go on after the end, a few milliseconds: when it returns by then, the next
 * instruction raises in Lua, which leaves the state whole.
 */
const graceSteps = 200;

/** Why a machine may not go on. */
export interface Stop {
  readonly kind: LuaErrorKind;
  readonly message: string;
}

/**
 * Counts instructions and asks whether to go on. Lua can catch the error that a hook raises, so after the first one
 * every further instruction raises it again. A turn of a loop inside a library function counts as an instruction.
 */
export class Limits {
  readonly #stack: LuaStack;
  readonly #options: Pick<EngineOptions, "instructions" | "interrupt">;
  readonly #step: number;
  #instructions = 0;
  #stop: Stop | undefined;
  #graceLeft = graceSteps;

  constructor(stack: LuaStack, options: Pick<EngineOptions, "instructions" | "interrupt">) {
    this.#stack = stack;
    this.#options = options;
    this.#step = Math.max(1, Math.min(stepInstructions, options.instructions));
  }

  /** Begins to count; what ran before is the library's own. */
  start(): void {
    this.#stack.watch(
      this.#step,
      () => this.#check(),
      () => this.#checkWork(),
    );
  }

  get instructions(): number {
    return this.#instructions;
  }

  get stop(): Stop | undefined {
    return this.#stop;
  }

  /** Asks whether to go on, without waiting for the next count; from then on every instruction raises. */
  ask(): void {
    const interruption = this.#stop === undefined ? this.#askToInterrupt() : undefined;
    if (interruption === undefined) return;
    this.#stop = { kind: "aborted", message: interruption };
    this.#stack.watchEveryInstruction();
  }

  /** Raises in Lua when the machine was stopped. */
  assertRunning(): void {
    if (this.#stop === undefined) return;
    this.#stack.pushText(this.#stop.message);
    this.#stack.raise();
  }

  #check(): void {
    if (!this.#mustStop()) return;
    this.#stack.watchEveryInstruction();
    this.assertRunning();
  }

  /** Inside a library function, perhaps in the middle of an allocation: nothing may be raised in Lua from here. */
  #checkWork(): LuaError | undefined {
    if (!this.#mustStop()) return undefined;
    this.#stack.watchEveryInstruction();
    if (--this.#graceLeft > 0) return undefined;
    const { kind, message } = this.#stop ?? { kind: "aborted", message: "stopped" };
    return new LuaError(message, { kind, position: callerPosition(this.#stack, 1) });
  }

  #mustStop(): boolean {
    if (this.#stop !== undefined) return true;
    this.#instructions += this.#step;
    this.#stop = this.#reasonToStop();
    return this.#stop !== undefined;
  }

  #reasonToStop(): Stop | undefined {
    if (this.#instructions >= this.#options.instructions) {
      const message = `stopped after ${this.#options.instructions} instructions`;
      return { kind: "instructions", message };
    }
    const interruption = this.#askToInterrupt();
    return interruption === undefined ? undefined : { kind: "aborted", message: interruption };
  }

  /** An exception must not cross the C frames of a hook. */
  #askToInterrupt(): string | undefined {
    try {
      return this.#options.interrupt?.();
    } catch (error) {
      return `the check for interruptions failed: ${String(error)}`;
    }
  }
}

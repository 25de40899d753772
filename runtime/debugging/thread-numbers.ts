import type { LuaThreadId } from "#lua/inspection.ts";
import type { DebugThread } from "#protocol/debugging/inspection.ts";
import { DebugRefusal } from "./debug-refusal.ts";
import type { DebuggedProgram } from "./debugged-program.ts";

/** A thread of a program. */
export interface ProgramThread {
  readonly program: DebuggedProgram;
  readonly thread: LuaThreadId;
}

/** Numbers for the threads of all programs of a run. */
export class ThreadNumbers {
  readonly #numbers = new Map<string, number>();
  readonly #threads = new Map<number, ProgramThread>();

  of({ program, thread }: ProgramThread): number {
    const key = `${program.number}:${thread}`;
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    const number = this.#numbers.size + 1;
    this.#numbers.set(key, number);
    this.#threads.set(number, { program, thread });
    return number;
  }

  /** Throws DebugRefusal `not-found`. */
  find(number: number, programs: readonly DebuggedProgram[]): ProgramThread {
    const found = this.#threads.get(number);
    if (found && programs.includes(found.program) && found.program.inspector.isAlive(found.thread)) {
      return found;
    }
    throw new DebugRefusal("not-found", `There is no thread ${number} (any more).`);
  }

  /** The programs that wait for another are the callers of the last one. */
  list(programs: readonly DebuggedProgram[]): DebugThread[] {
    return programs.flatMap((program, index) =>
      program.inspector.threads().map(({ id, state }): DebugThread => {
        const isRunning = state === "running";
        return {
          id: this.of({ program, thread: id }),
          name: id === 1 ? program.context.file : `${program.context.file}: coroutine ${id - 1}`,
          kind: id > 1 ? "coroutine" : index === 0 ? "main" : "procedure",
          state: isRunning && index < programs.length - 1 ? "calling" : state,
        };
      }),
    );
  }
}

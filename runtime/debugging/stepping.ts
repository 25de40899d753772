import type { ProgramThread } from "./thread-numbers.ts";

/** A step that was asked for, and where it began. */
export interface Step extends ProgramThread {
  readonly to: "over" | "in" | "out";
  /** Frames up to the one that the step belongs to. */
  readonly depth: number;
}

/**
 * Whether a step ends at a line. It is measured by the depth of the stack, not by counting calls and returns: tail calls
 * and errors have no matching return. Where its thread has ended, the step goes on in whoever gets the control; a
 * step out of a coroutine that yields does so too.
 */
export function endsAt(step: Step, { program, thread }: ProgramThread, open: readonly unknown[]): boolean {
  if (step.to === "in") return true;
  if (program === step.program && thread === step.thread) {
    const limit = step.to === "over" ? step.depth : step.depth - 1;
    return !program.inspector.isDeeperThan(thread, limit);
  }
  if (!open.includes(step.program)) return true;
  if (program !== step.program) return false;
  const own = program.inspector.threads().find(({ id }) => id === step.thread);
  return own === undefined || (step.to === "out" && own.state === "suspended");
}

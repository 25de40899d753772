import type { StoppedNotice } from "#protocol/debugging/notices.ts";
import { endsAt, type Step } from "./stepping.ts";
import type { ProgramThread } from "./thread-numbers.ts";

/** Where the run is to stop next, breakpoints aside: at the end of a step, at a line, at any line. */
export class Motion {
  step: Step | undefined;
  target: { readonly file: string; readonly line: number } | undefined;
  pausing = false;
  stopAtEntry = false;

  /** Forgets all of it, as every stop does. */
  clear(): void {
    this.step = undefined;
    this.target = undefined;
    this.pausing = false;
    this.stopAtEntry = false;
  }

  get needsEveryLine(): boolean {
    return this.step !== undefined || this.pausing || this.stopAtEntry;
  }

  /** Whether `reasonAt` may have one, for any file: asked at every line of a step, so it is quick. */
  mayStopAt(where: ProgramThread, line: number, open: readonly unknown[]): boolean {
    if (this.stopAtEntry || this.pausing || this.target?.line === line) return true;
    return this.step !== undefined && endsAt(this.step, where, open);
  }

  /** Why a line is where it stops; `open`: the programs that have not ended. */
  reasonAt(
    where: ProgramThread,
    at: { readonly file: string; readonly line: number },
    open: readonly unknown[],
  ): StoppedNotice["reason"] | undefined {
    if (this.stopAtEntry) return "entry";
    if (at.file === this.target?.file && at.line === this.target.line) return "run-to";
    if (this.pausing) return "pause";
    return this.step && endsAt(this.step, where, open) ? "step" : undefined;
  }
}

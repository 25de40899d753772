import { nextTurn } from "./next-turn.ts";

/** Milliseconds after which other work gets its turn. */
const longestSlice = 10;

/** Long work in slices: after every few milliseconds whatever else has arrived goes first. */
export class TimeSlice {
  #end: number = performance.now() + longestSlice;

  /** True when the time of the slice is used up; cheap enough to ask in every round of a loop. */
  get isOver(): boolean {
    return performance.now() >= this.#end;
  }

  /** Lets others go first if the slice is over; look for a cancel afterwards. */
  async pause(): Promise<void> {
    if (!this.isOver) return;
    await nextTurn();
    this.#end = performance.now() + longestSlice;
  }
}

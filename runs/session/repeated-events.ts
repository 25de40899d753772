import { isDeepStrictEqual } from "node:util";
import type { RunEvent, RunEventBody } from "#protocol/events/events.ts";

/**
 * Leaves out what a resumed run tells again: the events that its earlier part had sent after its last entry. From the
 * first one that is another, everything is new.
 */
export class RepeatedEvents {
  readonly #expected: RunEvent[];

  constructor(tail: readonly RunEvent[]) {
    this.#expected = [...tail];
  }

  /** True for an event that the journal has already. */
  has(event: RunEventBody): boolean {
    const [next] = this.#expected;
    if (!next || event.type === "run.started" || isReplayed(event)) return false;
    if (isDeepStrictEqual(comparable(next), comparable(event))) {
      this.#expected.shift();
      return true;
    }
    this.#expected.length = 0;
    return false;
  }
}

function isReplayed(event: RunEventBody): boolean {
  return event.type === "checkpoint" && event.replayed;
}

/** Without what the journal added, and without how long it took. */
function comparable(event: RunEventBody | RunEvent): unknown {
  const plain: unknown = JSON.parse(JSON.stringify(event));
  return Object.assign(plain as object, { seq: 0, time: "", durationMs: 0 });
}

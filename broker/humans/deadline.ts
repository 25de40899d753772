import type { HumanQuestion } from "#protocol/humans/human-question.ts";

/** The time of day, and calls when it has passed: tests give one that they turn by hand. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Calls back after some milliseconds, unless the returned function is called before. */
  after(milliseconds: number, call: () => void): () => void;
}

/** The clock of this machine. */
export const systemClock: Clock = {
  now: () => Date.now(),
  after: (milliseconds, call) => {
    const timer = setTimeout(call, milliseconds);
    return () => clearTimeout(timer);
  },
};

/** A timer of the system can't be set further ahead than this many milliseconds. */
const longestTimer = 2 ** 31 - 1;

/**
 * When a question that was asked at a time ends without an answer: its timeout or its `expires_at`, whichever is
 * earlier. Undefined: never. A text in `expires_at` that is no time is left for people to read.
 */
export function deadlineOf({ timeoutSeconds, details }: HumanQuestion, askedAt: number): number | undefined {
  const expiry = typeof details["expires_at"] === "string" ? Date.parse(details["expires_at"]) : Number.NaN;
  const ends = [
    ...(timeoutSeconds === undefined ? [] : [askedAt + timeoutSeconds * 1000]),
    ...(Number.isNaN(expiry) ? [] : [expiry]),
  ];
  return ends.length === 0 ? undefined : Math.min(...ends);
}

/** Calls back at a time, however far it is; at once when it has passed. Gives back what stops that. */
export function atTime(clock: Clock, time: number, call: () => void): () => void {
  const left = time - clock.now();
  if (left <= longestTimer) return clock.after(Math.max(0, left), call);
  let stop = clock.after(longestTimer, () => {
    stop = atTime(clock, time, call);
  });
  return () => stop();
}

/**
 * Lets everything that has arrived have its turn: a cancel that was sent right after its request is read then, and
 * requests keep their order. In Node it costs no time; a timer would cost a millisecond.
 */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => schedule(resolve));
}

const schedule: (act: () => void) => void =
  typeof setImmediate === "function" ? (act) => setImmediate(act) : (act) => setTimeout(act, 0);

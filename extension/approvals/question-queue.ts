/**
 * Questions one at a time: two at once would hide each other, and an answer could reach the wrong one. A question
 * whose signal is aborted while it waits is never shown.
 */
export class QuestionQueue {
  #last: Promise<unknown> = Promise.resolve();

  /** Shows when it is its turn. Undefined when nobody waits for the answer any more. */
  ask<Answer>(show: () => Promise<Answer>, signal: AbortSignal): Promise<Answer | undefined> {
    const turn = this.#last.then(() => (signal.aborted ? undefined : show()));
    this.#last = turn.catch(() => undefined);
    return Promise.race([turn, aborted(signal)]);
  }
}

function aborted(signal: AbortSignal): Promise<undefined> {
  if (signal.aborted) return Promise.resolve(undefined);
  return new Promise((resolve) => signal.addEventListener("abort", () => resolve(undefined), { once: true }));
}

/** How long an engine has for one answer, in milliseconds; a loaded one takes seconds for a start. */
const answerMilliseconds = 60_000;

/** How long is waited still when nobody has a use for the answer any more: what it made must be undone. */
const cancelledMilliseconds = 3000;

interface TimeoutOptions {
  readonly milliseconds?: number;
  /** Aborted when nobody has a use for the answer any more. */
  readonly signal?: AbortSignal;
}

/**
 * An answer of the engine, or a failure when none comes in time. The client waits for ever for an engine that is frozen,
 * or that died in the middle of an answer.
 */
export async function withTimeout<Value>(
  answer: Promise<Value>,
  { milliseconds = answerMilliseconds, signal }: TimeoutOptions = {},
): Promise<Value> {
  const timeout = Promise.withResolvers<never>();
  const expire = (): void =>
    timeout.reject(new Error(`the engine did not answer within ${milliseconds / 1000} s`));
  let timer = setTimeout(expire, milliseconds);
  const hurry = (): void => {
    clearTimeout(timer);
    timer = setTimeout(expire, cancelledMilliseconds);
  };
  if (signal?.aborted) hurry();
  signal?.addEventListener("abort", hurry, { once: true });
  try {
    return await Promise.race([answer, timeout.promise]);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", hurry);
  }
}

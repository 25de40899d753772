import { setTimeout as delay } from "node:timers/promises";

/** Waits until something is there, looking often; says what was missing when it does not come. */
export async function until<Value>(
  what: string,
  look: () => Value | undefined | false | Promise<Value | undefined | false>,
  milliseconds = 30_000,
): Promise<Value> {
  const deadline = Date.now() + milliseconds;
  while (Date.now() < deadline) {
    const value = await look();
    if (value !== undefined && value !== false) return value;
    await delay(50);
  }
  throw new Error(`${what} did not come in ${milliseconds} ms`);
}

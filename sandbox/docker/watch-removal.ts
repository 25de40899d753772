import { setInterval as everyMilliseconds } from "node:timers/promises";
import type Docker from "dockerode";
import { engineStatus } from "./engine-error.ts";
import { withTimeout } from "./engine-timeout.ts";

/** That a container is gone: its exit code, or that its engine was lost and nobody can tell it. */
export type Removal = { readonly code: number } | "engine-lost";

interface WatchedContainer {
  readonly client: Docker;
  readonly id: string;
  /** The engine's answer to a wait; undefined when the connection broke before. */
  readonly removed: Promise<number | undefined>;
  /** The container's output has ended, or the connection to it broke. */
  readonly ended: Promise<void>;
}

/** How often the engine is asked once the output has ended, and how long it has for an answer, in milliseconds. */
const inspectEvery = 500;
const inspectMilliseconds = 5000;

/**
 * Settles when a container is gone. Mostly the engine says so; one that dies meanwhile may leave a wait without an answer
 * for ever, so from the end of the output on it is asked as well.
 */
export async function watchRemoval(container: WatchedContainer): Promise<Removal> {
  const over = new AbortController();
  const removed = container.removed.then((code): Removal => (code === undefined ? "engine-lost" : { code }));
  try {
    return await Promise.race([removed, whenEngineIsLost(container, over.signal)]);
  } finally {
    over.abort();
  }
}

async function whenEngineIsLost(
  { client, id, ended }: WatchedContainer,
  signal: AbortSignal,
): Promise<"engine-lost"> {
  await ended;
  let unknown = 0;
  for await (const _ of everyMilliseconds(inspectEvery, undefined, { signal })) {
    const status = await statusOfInspect(client, id);
    if (status === "no answer") break;
    // It knows nothing of the container, twice: an answer to the wait had time to come, and is lost.
    if (status === "unknown" && ++unknown > 1) break;
  }
  return "engine-lost";
}

async function statusOfInspect(client: Docker, id: string): Promise<"known" | "unknown" | "no answer"> {
  try {
    await withTimeout(client.getContainer(id).inspect(), { milliseconds: inspectMilliseconds });
    return "known";
  } catch (error) {
    return engineStatus(error) === undefined ? "no answer" : "unknown";
  }
}

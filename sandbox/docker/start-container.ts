import { Duplex } from "node:stream";
import type Docker from "dockerode";
import { fail, ok, type Result } from "#common/result.ts";
import type { IsolationUnavailable, SandboxProcess } from "../isolation.ts";
import { startCancelled } from "../start-cancelled.ts";
import { ContainerProcess, exitCodeOf } from "./container-process.ts";
import { settingDifferences, settingsDiffer } from "./effective-settings.ts";
import { startFailed } from "./engine-error.ts";
import { withTimeout } from "./engine-timeout.ts";
import { removeContainer } from "./reaper.ts";
import { isMissingImage } from "./runtime-image.ts";

export interface ContainerDemand {
  readonly client: Docker;
  readonly options: Docker.ContainerCreateOptions;
  /** Called when the engine does not have the image; after a success the creation is tried once more. */
  readonly provideImage: () => Promise<Result<unknown, IsolationUnavailable>>;
  readonly signal: AbortSignal;
  readonly whileStarting?: (() => void) | undefined;
}

/**
 * Creates, checks, attaches and starts one container. On any failure, and on abort at any moment, the container is
 * removed again before this returns.
 */
export async function startContainer(
  demand: ContainerDemand,
): Promise<Result<SandboxProcess, IsolationUnavailable>> {
  const created = await create(demand);
  if (!created.ok) return created;
  const container = created.value;
  const started = await withTimeout(attachAndStart(container, demand), { signal: demand.signal }).catch(
    (error: unknown) => fail(startFailed(error)),
  );
  // What can't be removed now, since the engine is gone, is removed by the reaper of a later start.
  if (!started.ok) await removeContainer(demand.client, container.id).catch(() => undefined);
  return started;
}

/** The image is not looked up first: creating says whether it is missing, and mostly it is there. */
async function create(demand: ContainerDemand): Promise<Result<Docker.Container, IsolationUnavailable>> {
  const { signal } = demand;
  try {
    return ok(await createOnce(demand));
  } catch (error) {
    if (!isMissingImage(error)) return fail(startFailed(error));
  }
  try {
    const provided = await withTimeout(demand.provideImage(), { signal, milliseconds: imageMilliseconds });
    return provided.ok ? ok(await createOnce(demand)) : provided;
  } catch (error) {
    return fail(startFailed(error));
  }
}

/** How long making the image may take: it is some 130 MB that the engine writes. */
const imageMilliseconds = 600_000;

/** A container that the engine makes when nobody waits for it any more is removed again. */
async function createOnce({ client, options, signal }: ContainerDemand): Promise<Docker.Container> {
  const creating = client.createContainer(options);
  try {
    return await withTimeout(creating, { signal });
  } catch (error) {
    creating.then(({ id }) => removeContainer(client, id)).catch(() => undefined);
    throw error;
  }
}

async function attachAndStart(
  container: Docker.Container,
  { client, options, signal, whileStarting }: ContainerDemand,
): Promise<Result<SandboxProcess, IsolationUnavailable>> {
  if (signal.aborted) return fail(startCancelled);
  const removed = container.wait({ condition: "removed" }).then(exitCodeOf, () => undefined);
  const [effective, connection] = await Promise.all([
    container.inspect(),
    container.attach({ stream: true, hijack: true, stdin: true, stdout: true, stderr: true }),
  ]);
  const differences = settingDifferences(options, effective);
  if (differences.length > 0) return fail(settingsDiffer(differences));
  if (!(connection instanceof Duplex)) throw new Error("the engine gave no two-way connection");
  const process = new ContainerProcess({ client, id: container.id, connection, removed });
  const starting = container.start();
  // In the next turn: the request is on its way by then.
  setImmediate(() => whileStarting?.());
  await starting;
  return signal.aborted ? fail(startCancelled) : ok(process);
}

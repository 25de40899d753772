import type Docker from "dockerode";
import { ignoreStatus } from "./engine-error.ts";
import { withTimeout } from "./engine-timeout.ts";
import { isAbandoned, ownerLabels } from "./owner.ts";

/** Removes the containers that dead or overdue runs left. Containers of living runs and of other programs stay. */
export async function reapContainers(client: Docker): Promise<string[]> {
  const containers = await withTimeout(
    client.listContainers({ all: true, filters: { label: [ownerLabels.run] } }),
  );
  const abandoned = containers.filter(({ Labels }) => isAbandoned(Labels));
  await Promise.all(abandoned.map(({ Id }) => removeContainer(client, Id)));
  return abandoned.map(({ Id }) => Id);
}

/** How often and how long to look whether a container is gone, in milliseconds. */
const goneCheck = { interval: 25, limit: 15_000 } as const;

/**
 * Kills and removes a container and returns when the engine does not know it any more. That it is gone already, or
 * that its own automatic removal is under way, is fine. Throws when it is still there after 15 s, or when the engine
 * does not answer.
 */
export async function removeContainer(client: Docker, id: string): Promise<void> {
  const container = client.getContainer(id);
  const end = performance.now() + goneCheck.limit;
  await withTimeout(container.remove({ force: true, v: true }).catch(ignoreStatus(404, 409)), {
    milliseconds: goneCheck.limit,
  });
  const inspect = () =>
    withTimeout(container.inspect().catch(ignoreStatus(404)), { milliseconds: goneCheck.limit });
  while ((await inspect()) !== undefined) {
    if (performance.now() > end) throw new Error(`The container ${id.slice(0, 12)} could not be removed.`);
    await new Promise((resolve) => setTimeout(resolve, goneCheck.interval));
  }
}

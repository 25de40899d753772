import type Docker from "dockerode";
import { fail, ok, type Result } from "#common/result.ts";
import type { IsolationUnavailable } from "../isolation.ts";
import { settingDifferences, settingsDiffer } from "./effective-settings.ts";
import { startFailed } from "./engine-error.ts";

/**
 * Reads back the settings of a container that waits, once more: an engine can change some of them while it runs. Its
 * labels say who owns it, not what it may do, and were compared when it was created.
 */
export async function verifyContainer(
  client: Docker,
  id: string,
  { Labels: _, ...options }: Docker.ContainerCreateOptions,
): Promise<Result<void, IsolationUnavailable>> {
  try {
    const effective = await client.getContainer(id).inspect();
    const { Running, Paused } = effective.State;
    if (!Running || Paused) return fail(startFailed("it does not run any more"));
    const differences = settingDifferences(options, effective);
    return differences.length === 0 ? ok(undefined) : fail(settingsDiffer(differences));
  } catch (error) {
    return fail(startFailed(error));
  }
}

import { containerOptions } from "#sandbox/docker/container-options.ts";
import { openEngine } from "#sandbox/docker/open-engine.ts";
import { describeImage, ensureImage } from "#sandbox/docker/runtime-image.ts";
import { defaultPolicy } from "#sandbox/policy/default-policy.ts";
import type { SandboxSetup } from "#sandbox/setup.ts";

/**
 * What any run in a container must at least cost: the same image, the same settings, but `node -e 1`. Gives a function
 * that measures one, in seconds from asking the engine to create it until it has ended; undefined without an engine.
 */
export async function bareContainer(setup: SandboxSetup): Promise<(() => Promise<number>) | undefined> {
  const [engine, image] = await Promise.all([openEngine(setup.dockerHost), describeImage(setup)]);
  if (!engine.ok) return undefined;
  if (!image.ok) throw new Error(image.error.message);
  const provided = await ensureImage(engine.value.client, image.value);
  if (!provided.ok) throw new Error(provided.error.message);
  const options = { ...containerOptions(defaultPolicy("bench"), image.value.tag), Cmd: ["-e", "1"] };
  return async () => {
    const startedAt = performance.now();
    const container = await engine.value.client.createContainer(options);
    const ended = container.wait({ condition: "next-exit" });
    await container.start();
    const { StatusCode } = await ended;
    if (StatusCode !== 0) throw new Error(`The bare container ended with ${StatusCode}.`);
    return (performance.now() - startedAt) / 1000;
  };
}

import type Docker from "dockerode";
import { fail, ok, type Result } from "#common/result.ts";
import type {
  Isolation,
  IsolationFacts,
  IsolationUnavailable,
  SandboxPolicy,
  SandboxProcess,
} from "../isolation.ts";
import { killWhenDue } from "../kill-when-due.ts";
import { checkPolicy } from "../policy/check-policy.ts";
import { forbiddenPlaces } from "../policy/forbidden-places.ts";
import { policyRefused } from "../policy/policy-refused.ts";
import type { SandboxSetup } from "../setup.ts";
import { containerOptions } from "./container-options.ts";
import { engineSockets } from "./engine-addresses.ts";
import { engineFacts } from "./engine-facts.ts";
import { openEngine } from "./open-engine.ts";
import { reapContainers } from "./reaper.ts";
import { describeImage, ensureImage, imageMissing } from "./runtime-image.ts";
import { startContainer } from "./start-container.ts";

/** The locked-down container. */
export class DockerIsolation implements Isolation {
  readonly name = "docker";
  readonly #setup: SandboxSetup;

  constructor(setup: SandboxSetup) {
    this.#setup = setup;
  }

  async check(): Promise<Result<void, IsolationUnavailable>> {
    const engine = await openEngine(this.#setup.dockerHost);
    return engine.ok ? ok(undefined) : engine;
  }

  async describe(): Promise<Result<IsolationFacts, IsolationUnavailable>> {
    const engine = await openEngine(this.#setup.dockerHost);
    return engine.ok ? engineFacts(engine.value) : engine;
  }

  async launch(
    policy: SandboxPolicy,
    signal: AbortSignal,
    whileStarting?: () => void,
  ): Promise<Result<SandboxProcess, IsolationUnavailable>> {
    const { dockerHost } = this.#setup;
    const checked = checkPolicy(policy, forbiddenPlaces(engineSockets(dockerHost)));
    if (!checked.ok) return fail(policyRefused(checked.error));

    const [engine, image] = await Promise.all([openEngine(dockerHost), this.#image(policy.image)]);
    if (!engine.ok) return engine;
    if (!image.ok) return image;
    const { client } = engine.value;
    const reaping = reapContainers(client);
    const started = await startContainer({
      client,
      options: containerOptions(checked.value, image.value.tag),
      provideImage: () => image.value.provide(client),
      signal,
      whileStarting,
    });
    // What earlier runs left is removed beside the start; when that fails, the next start tries again.
    await reaping.catch(() => []);
    if (started.ok) killWhenDue(started.value, policy.timeSeconds, signal);
    return started;
  }

  /** The image to use and how to get it when the engine lacks it: ours is built, one from the config never. */
  async #image(override: string | undefined) {
    if (override !== undefined)
      return ok({ tag: override, provide: async () => fail(imageMissing(override)) });
    const image = await describeImage(this.#setup);
    if (!image.ok) return image;
    return ok({ tag: image.value.tag, provide: (client: Docker) => ensureImage(client, image.value) });
  }
}

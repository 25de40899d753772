import Docker from "dockerode";
import { containerOptions } from "#sandbox/docker/container-options.ts";
import type { ImageVariant } from "#sandbox/docker/runtime-image.ts";
import { startContainer } from "#sandbox/docker/start-container.ts";
import type { SandboxExit, SandboxPolicy } from "#sandbox/isolation.ts";
import { defaultPolicy } from "#sandbox/policy/default-policy.ts";
import { buildSandboxImage } from "#sandbox/sandbox-report.ts";
import type { SandboxSetup } from "#sandbox/setup.ts";
import type { DockerEngine } from "./docker-engine.ts";
import { converse, type Finished } from "./sandbox-conversation.ts";

type Options = Docker.ContainerCreateOptions;

/** A client for looking at an engine from outside. */
export function clientOf(engine: DockerEngine): Docker {
  return new Docker({ socketPath: engine.socket, protocol: "http" });
}

/** Runs probes of a stand-in in the product's container, or in one that a test weakened on purpose. */
export class ProbeContainer {
  readonly #client: Docker;
  readonly #image: string;

  private constructor(client: Docker, image: string) {
    this.#client = client;
    this.#image = image;
  }

  /** Builds the image of the stand-in, as the product would. */
  static async prepare(
    engine: DockerEngine,
    setup: SandboxSetup,
    variant: ImageVariant = {},
  ): Promise<ProbeContainer> {
    const built = await buildSandboxImage({ ...setup, dockerHost: engine.address }, variant);
    if (!built.ok) throw new Error(built.error.message);
    return new ProbeContainer(clientOf(engine), built.value.image);
  }

  async run(
    probe: string,
    input: Record<string, unknown> = {},
    changes: {
      readonly policy?: Partial<SandboxPolicy>;
      readonly options?: (options: Options) => Options;
    } = {},
  ): Promise<{ finished: Finished | undefined; exit: SandboxExit }> {
    const options = containerOptions({ ...defaultPolicy("probe"), ...changes.policy }, this.#image);
    const started = await startContainer({
      client: this.#client,
      options: changes.options?.(options) ?? options,
      provideImage: () => Promise.reject(new Error("the image of the probe is gone")),
      signal: new AbortController().signal,
    });
    if (!started.ok) throw new Error(started.error.message);
    const finished = await converse(started.value, probe, input);
    return { finished, exit: await started.value.exited };
  }
}

/** Takes Node's own permission model away, so that what is left is the container's doing. */
export function withoutPermissionModel(options: Options): Options {
  const own = (argument: string) =>
    !argument.startsWith("--permission") && !argument.startsWith("--allow-") && !argument.includes("sqlite");
  return { ...options, Cmd: (options.Cmd ?? []).filter(own) };
}

/** Also takes the container's walls away: shows that a probe would work without them. */
export function withoutWalls(options: Options): Options {
  const { Init, AutoRemove, NetworkMode, Memory } = options.HostConfig ?? {};
  return {
    ...withoutPermissionModel(options),
    User: "0:0",
    HostConfig: { Init, AutoRemove, NetworkMode, Memory } as Docker.HostConfig,
  };
}

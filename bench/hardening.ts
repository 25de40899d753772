import { writeFileSync } from "node:fs";
import path from "node:path";
import type Docker from "dockerode";
import { createIsolation } from "#runs/session/isolations.ts";
import { containerOptions } from "#sandbox/docker/container-options.ts";
import { openEngine } from "#sandbox/docker/open-engine.ts";
import { reapContainers } from "#sandbox/docker/reaper.ts";
import { describeImage, ensureImage } from "#sandbox/docker/runtime-image.ts";
import { startContainer } from "#sandbox/docker/start-container.ts";
import type { Isolation } from "#sandbox/isolation.ts";
import type { SandboxSetup } from "#sandbox/setup.ts";
import { type Comparison, comparePaired } from "./paired.ts";
import { requestFor } from "./pool.ts";
import { trivial } from "./programs.ts";
import { runInProcess } from "./run-in-process.ts";

const rounds = 15;

/** A whole run in the hardened container, and the same run in one with the engine's own settings. */
export async function measureHardening(folder: string, setup: SandboxSetup): Promise<Comparison> {
  const file = path.join(folder, "hardened.tac");
  writeFileSync(file, trivial);
  const request = requestFor(folder, file, setup);
  const timed = (isolation: Isolation) => async () =>
    (await runInProcess({ request, isolation, until: "run.finished" })).seconds;
  const hardened = await createIsolation("docker", setup);
  return comparePaired(timed(hardened), timed(withEngineDefaults(setup, hardened)), rounds);
}

/** Starts containers as the product does, but without any of its settings. Only here: nothing untrusted runs in it. */
function withEngineDefaults(setup: SandboxSetup, hardened: Isolation): Isolation {
  return {
    name: "docker",
    check: () => hardened.check(),
    describe: () => hardened.describe(),
    launch: async (policy, signal, whileStarting) => {
      const [engine, image] = await Promise.all([openEngine(setup.dockerHost), describeImage(setup)]);
      if (!engine.ok) return engine;
      if (!image.ok) return image;
      const { client } = engine.value;
      const reaping = reapContainers(client);
      const options = engineDefaults(containerOptions(policy, image.value.tag));
      const provideImage = () => ensureImage(client, image.value);
      const started = await startContainer({ client, options, provideImage, signal, whileStarting });
      await reaping;
      return started;
    },
  };
}

/** What it takes to talk to the container, and no network, which costs an engine more than it saves; nothing else. */
function engineDefaults(options: Docker.ContainerCreateOptions): Docker.ContainerCreateOptions {
  const { Image, Entrypoint, Cmd, WorkingDir, User, Hostname, Labels } = options;
  const { OpenStdin, StdinOnce, AttachStdin, AttachStdout, AttachStderr } = options;
  const plainNode = Cmd?.slice(-1) ?? [];
  return {
    ...{ Image, Entrypoint, WorkingDir, User, Hostname, Labels, Cmd: plainNode },
    ...{ OpenStdin, StdinOnce, AttachStdin, AttachStdout, AttachStderr },
    HostConfig: { NetworkMode: "none", AutoRemove: true },
  };
}

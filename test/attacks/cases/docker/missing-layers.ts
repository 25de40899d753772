import { existsSync } from "node:fs";
import path from "node:path";
import { isJsonObject } from "#common/json.ts";
import { clientOf } from "#test/support/docker-sandbox.ts";
import { type Attack, outcome } from "../../attack.ts";
import { programsInContainers, runtimeAsAsked, settingsReadBack } from "../../controls/container-controls.ts";
import { forgetfulEngine } from "../../world/forgetful-engine.ts";
import { said, takeOver } from "../../world/take-over.ts";
import type { World } from "../../world/world.ts";

/** What an engine does not do of a container's settings. */
function withoutSettings(world: World, ...names: readonly string[]): Promise<string> {
  return forgetfulEngine(world, ({ HostConfig, ...demanded }) => ({
    ...demanded,
    HostConfig: Object.fromEntries(
      Object.entries(isJsonObject(HostConfig) ? HostConfig : {}).filter(([name]) => !names.includes(name)),
    ),
  }));
}

const common = { threat: "T22", places: ["docker"] } satisfies Pick<Attack, "threat" | "places">;

/** An attempt for a machine whose engine forgets these settings. */
function forgotten(id: Attack["id"], what: string, ...settings: readonly string[]): Attack {
  return {
    ...common,
    id,
    title: `the engine of the machine makes the container ${what}, and says nothing of it`,
    success: "code is run in that container",
    control: settingsReadBack,
    attempt: async (world) => {
      const dockerHost = await withoutSettings(world, ...settings);
      const inside = await takeOver(world, {}, { dockerHost }).catch((refusal: Error) => refusal);
      if (inside instanceof Error) return outcome(false, inside.message);
      const answer = await inside.run("export const attack = ({ marker }) => marker;", {
        marker: world.marker.text,
      });
      const isRun = answer?.result === world.marker.text;
      return outcome(isRun, isRun ? "code was run" : `inside: ${said(answer)}`);
    },
  };
}

export const attacks: readonly Attack[] = [
  forgotten("docker-engine-without-system-calls", "without its list of system calls", "SecurityOpt"),
  forgotten(
    "docker-engine-without-limits",
    "without limits of memory and processes",
    "Memory",
    "MemorySwap",
    "PidsLimit",
  ),
  {
    ...common,
    id: "docker-second-kernel-missing",
    title: "the config asks for gVisor, and the engine of the machine may not have it",
    success: "a container is started that meets the machine's own kernel",
    control: runtimeAsAsked,
    attempt: async (world) => {
      const inside = await takeOver(world, { containerRuntime: "runsc" }).catch((refusal: Error) => refusal);
      if (inside instanceof Error) return outcome(false, inside.message);
      const { HostConfig } = await clientOf(world.engine).getContainer(inside.process.id).inspect();
      return outcome(HostConfig.Runtime !== "runsc", `it is run with ${HostConfig.Runtime}`);
    },
  },
  {
    ...common,
    id: "docker-programs-without-a-container",
    title: "a run that may start programs inside, on a machine that has no container to confine them",
    success: "a program writes a file on the host",
    control: programsInContainers,
    places: ["embedded"],
    attempt: async (world) => {
      const proof = path.join(world.outside, "started.txt");
      const inside = await takeOver(world, { childProcesses: true }).catch((refusal: Error) => refusal);
      if (inside instanceof Error) return outcome(false, inside.message);
      const answer = await inside.run(
        `import { execFileSync } from "node:child_process";
export const attack = ({ proof }) => { execFileSync("/bin/mkdir", [proof]); };`,
        { proof },
      );
      return outcome(existsSync(proof), `inside: ${said(answer)}`);
    },
  },
];

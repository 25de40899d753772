import { existsSync, writeFileSync } from "node:fs";
import path from "node:path";
import { openIsolation } from "#sandbox/open-isolation.ts";
import { defaultPolicy } from "#sandbox/policy/default-policy.ts";
import type { SandboxSetup } from "#sandbox/setup.ts";
import { type Attack, outcome } from "../../attack.ts";
import { ownSettings } from "../../controls/screen-controls.ts";
import type { World } from "../../world/world.ts";

type OwnValue = typeof import("#extension/settings/own-value.ts");

const common = { threat: "T15", control: ownSettings, places: ["editor"] } satisfies Pick<
  Attack,
  "threat" | "control" | "places"
>;

/** What the extension makes of a setting that has a default, and which a folder's `.vscode/settings.json` sets. */
async function settingOf(world: World, defaultValue: string, folderValue: string): Promise<string> {
  const { ownValue } = await world.part<OwnValue>("extension/settings/own-value.ts");
  return String(ownValue({ defaultValue, workspaceValue: folderValue }));
}

/** The isolation as such is none of the control's business: it does what the person's settings say. */
function isolationOf(world: World, name: "docker" | "embedded", setup: Partial<SandboxSetup>) {
  return openIsolation(name, { runtimeFolder: world.folder, cacheFolder: world.cacheFolder, ...setup });
}

export const attacks: readonly Attack[] = [
  {
    ...common,
    id: "editor-settings-name-a-program",
    title: "the settings of a folder name a program of it as the Node of the sandbox",
    success: "the program is started by a run",
    attempt: async (world) => {
      const proof = path.join(world.outside, "started.txt");
      const program = path.join(world.folder, "node");
      writeFileSync(program, `#!/bin/sh\necho started > ${JSON.stringify(proof)}\n`, { mode: 0o755 });
      const nodePath = await settingOf(world, process.execPath, program);
      const isolation = await isolationOf(world, "embedded", { nodePath });
      const launched = await isolation.launch(defaultPolicy("attack"), new AbortController().signal);
      if (launched.ok) await launched.value.exited;
      return outcome(existsSync(proof), `the run would use ${path.basename(nodePath)} at its place`);
    },
  },
  {
    ...common,
    id: "editor-settings-another-engine",
    title: "the settings of a folder name an engine of somebody else",
    success: "that engine is asked",
    attempt: async (world) => {
      const server = await world.server();
      const dockerHost = await settingOf(world, world.engine.address, `tcp://127.0.0.1:${server.port}`);
      await (await isolationOf(world, "docker", { dockerHost })).describe();
      return outcome(server.hits.length > 0, `${server.hits.length} requests arrived`);
    },
  },
  {
    ...common,
    id: "editor-settings-weaker-isolation",
    title: "the settings of a folder choose the isolation that has one wall in place of several",
    success: "a run would be in that one",
    attempt: async (world) => {
      const isolation = await settingOf(world, "docker", "embedded");
      return outcome(isolation === "embedded", `a run would be in ${isolation}`);
    },
  },
];

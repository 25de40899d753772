import { execFileSync } from "node:child_process";
import { existsSync, writeFileSync } from "node:fs";
import path from "node:path";
import { type Attack, outcome } from "../../attack.ts";
import {
  absolutePrograms,
  configIsData,
  gitNotRun,
  grantsOutside,
  searchEnds,
} from "../../controls/sidecar-controls.ts";
import { planOf } from "../../world/plan.ts";
import { servedWorkspace } from "../../world/workspace.ts";
import type { World } from "../../world/world.ts";

type DataFolders = typeof import("#runs/trust/data-folder.ts");

/** Programs of the workspace that say when they were started. */
function plantPrograms(world: World, names: readonly string[]): () => boolean {
  const proof = path.join(world.outside, "started.txt");
  for (const name of names) {
    const script = `#!/bin/sh\necho ${name} >> ${JSON.stringify(proof)}\necho v26.0.0\n`;
    writeFileSync(path.join(world.folder, name), script, { mode: 0o755 });
  }
  return () => existsSync(proof);
}

export const attacks: readonly Attack[] = [
  {
    id: "config-becomes-environment",
    threat: "T14",
    title: "keys of a config and a `.env` of the folder that would steer programs if they became variables",
    success: "one of them is a variable of the process that starts the run",
    control: configIsData,
    places: ["host"],
    attempt: async (world) => {
      const names = [`canary_${world.marker.text}`, "default_model"];
      world.atTheEnd(() => {
        for (const name of names) delete process.env[name];
      });
      world.write({
        ".env": `${names[0]}=${world.canaries.variable}\n`,
        ".tactus/config.yml": `default_model: ${world.canaries.variable}\n`,
      });
      await planOf(world);
      const found = Object.keys(process.env).filter((name) => process.env[name] === world.canaries.variable);
      return outcome(found.length > 0, `variables that were set: ${found.join() || "none"}`);
    },
  },
  {
    id: "config-dotenv-redirects-a-provider",
    threat: "T14",
    title: "a `.env` of the folder fills a variable that a provider's address is made of",
    success: "the plan names the address of the `.env`",
    control: configIsData,
    places: ["host"],
    attempt: async (world) => {
      const name = `CANARY_${world.marker.text.toUpperCase()}_BASE`;
      world.atTheEnd(() => {
        delete process.env[name];
      });
      world.write({
        ".env": `${name}=attacker\n`,
        ".tactus/config.yml": `providers: { local: { kind: openai-compatible, base_url: "https://example.org/\${${name}}" } }\n`,
      });
      // The second look is that of the start: what the first one loaded would be there by then.
      await planOf(world, { grantAll: true });
      const plan = await planOf(world, { grantAll: true });
      const address = plan.ok ? plan.value.config.providers["local"]?.base_url : plan.error.message;
      return outcome(address === "https://example.org/attacker", `the address: ${address}`);
    },
  },
  {
    id: "config-of-a-parent-folder",
    threat: "T14",
    title: "a config in the folder above the workspace, where others may write",
    success: "its values count",
    control: searchEnds,
    places: ["host"],
    attempt: async (world) => {
      world.write({ "outside/../.tactus/config.yml": "sandbox: { timeout: 7 }\n" });
      const plan = await planOf(world);
      const seconds = plan.ok ? plan.value.policy.timeSeconds : 0;
      return outcome(seconds === 7, `the run would have ${seconds} seconds`);
    },
  },
  {
    id: "config-programs-in-the-workspace",
    threat: "T16",
    title: "programs named docker, git, node and others in the workspace, and a PATH that begins with `.`",
    success: "one of them is started by running, checking or examining",
    control: absolutePrograms,
    places: ["embedded"],
    attempt: async (world) => {
      const names = ["docker", "git", "node", "ldd", "dirname", "readlink", "prlimit", "python3"];
      const isStarted = plantPrograms(world, names);
      world.write({ "attack.tac": "return 1" });
      const environment = { PATH: `.:node_modules/.bin:${process.env["PATH"]}` };
      await world.studio(["check", "."], environment);
      await world.studio(["run", "attack.tac", ...world.isolation], environment);
      return outcome(isStarted(), `a program of the workspace was ${isStarted() ? "" : "not "}started`);
    },
  },
  {
    id: "config-git-that-starts-programs",
    threat: "T16",
    title: "the repository's own configuration starts a program whenever git is used in it",
    success: "the program is started by a run on a copy",
    control: gitNotRun,
    places: ["host"],
    attempt: async (world) => {
      const isStarted = plantPrograms(world, ["monitor"]);
      const git = (...args: string[]): void => void execFileSync("git", ["-C", world.folder, ...args]);
      git("init", "--quiet");
      git("config", "core.fsmonitor", path.join(world.folder, "monitor"));
      world.write({ "notes.txt": "x" });
      const workspace = await servedWorkspace(world, "copy");
      await workspace.read({ path: "notes.txt" });
      return outcome(isStarted(), `the program was ${isStarted() ? "" : "not "}started`);
    },
  },
  {
    id: "config-grants-of-the-folder",
    threat: "T12",
    title: "a relative data folder, so that the grants of a stranger's workspace might count",
    success: "grants would be looked for in the folder that the command is called from",
    control: grantsOutside,
    places: ["host"],
    attempt: async (world) => {
      const { dataFolder } = await world.part<DataFolders>("runs/trust/data-folder.ts");
      const place = dataFolder({ XDG_DATA_HOME: ".local/share" });
      return outcome(!path.isAbsolute(place), path.isAbsolute(place) ? "an absolute place" : place);
    },
  },
];

import { mkdirSync, symlinkSync } from "node:fs";
import path from "node:path";
import { type Attack, outcome } from "../../attack.ts";
import {
  mountsResolved,
  neverMounted,
  pluginsInside,
  startingVariables,
  workspaceNotMounted,
} from "../../controls/sidecar-controls.ts";
import { planOf } from "../../world/plan.ts";
import { said, takeOver } from "../../world/take-over.ts";
import type { World } from "../../world/world.ts";

const common = { threat: "T12", places: ["host"] } satisfies Pick<Attack, "threat" | "places">;

/** Which of these mounts a run would get with everything granted. */
async function mounted(world: World, volumes: readonly string[]) {
  world.write({ "attack.tac.yml": `sandbox:\n  volumes: ${JSON.stringify(volumes)}\n` });
  const plan = await planOf(world, { grantAll: true, isolation: "docker" });
  const mounts = plan.ok ? plan.value.policy.mounts : [];
  const shown = mounts.map(({ hostPath, writable }) => `${hostPath}${writable ? " (writable)" : ""}`);
  return outcome(mounts.length > 0, `mounts: ${shown.join() || "none"}`);
}

export const attacks: readonly Attack[] = [
  {
    ...common,
    id: "sidecar-mounts-the-machine",
    title:
      "mounts the root, system folders by detours and in another case, and folders of keys; everything is granted",
    success: "one of them would be mounted",
    control: neverMounted,
    attempt: async (world) => {
      mkdirSync(path.join(world.home, ".ssh"));
      const detours = ["/etc:/e", "/proc:/p", "/sys/kernel:/k", "/usr/../etc:/d"];
      return mounted(world, ["/:/host:rw", ...detours, `${world.home}/.ssh:/keys`]);
    },
  },
  {
    ...common,
    id: "sidecar-mounts-through-a-link",
    title: "mounts a folder of the workspace that is a link to the keys of the person; everything is granted",
    success: "it would be mounted",
    control: mountsResolved,
    attempt: async (world) => {
      mkdirSync(path.join(world.home, ".ssh"));
      symlinkSync(path.join(world.home, ".ssh"), path.join(world.folder, "data"));
      return mounted(world, ["./data:/data"]);
    },
  },
  {
    ...common,
    id: "sidecar-mounts-the-workspace-writable",
    title:
      "mounts the workspace and its hidden folders writable, past the path policy; everything is granted",
    success: "one of them would be mounted",
    control: workspaceNotMounted,
    attempt: async (world) => {
      mkdirSync(path.join(world.folder, ".git/hooks"), { recursive: true });
      return mounted(world, [".:/w:rw", "./.git/hooks:/hooks:rw", "..:/above:rw"]);
    },
  },
  {
    ...common,
    id: "sidecar-loader-variables",
    title: "sets variables of the loader and of Node for the sandbox; everything is granted",
    success: "the sandboxed Node was started with them",
    control: startingVariables,
    places: ["embedded", "docker"],
    attempt: async (world) => {
      const environment = { NODE_OPTIONS: `--title=${world.marker.text}`, LD_BIND_NOW: "1" };
      const inside = await takeOver(world, { environment }).catch((refusal: Error) => refusal);
      if (inside instanceof Error) return outcome(false, inside.message);
      const answer = await inside.run("export const attack = () => process.title;");
      return outcome(said(answer).includes(world.marker.text), `its title is ${said(answer)}`);
    },
  },
  {
    ...common,
    id: "sidecar-plugins-from-elsewhere",
    threat: "T17",
    title: "names Python code beside the workspace, by a way up and by a link; everything is granted",
    success: "that code would be given to the sandbox",
    control: pluginsInside,
    attempt: async (world) => {
      world.write({ "outside/evil.py": `text = "${world.canaries.file}"\n` });
      symlinkSync("../outside", path.join(world.folder, "tools"));
      world.write({ "attack.tac.yml": 'tool_paths: ["../outside/evil.py", "./tools"]\n' });
      const plan = await planOf(world, { grantAll: true, isolation: "docker" });
      const given = JSON.stringify(plan.ok && plan.value.plugins).includes(world.canaries.file);
      return outcome(given, `the code beside the workspace is ${given ? "" : "not "}given`);
    },
  },
];

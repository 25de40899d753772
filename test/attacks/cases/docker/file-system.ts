import { clientOf } from "#test/support/docker-sandbox.ts";
import { type Attack, outcome } from "../../attack.ts";
import {
  noCapabilities,
  noSharedMemory,
  nothingExecutable,
  readOnlyRoot,
  systemCalls,
} from "../../controls/container-controls.ts";
import { said, takeOver } from "../../world/take-over.ts";
import type { World } from "../../world/world.ts";

const common = { threat: "T6", places: ["docker"] } satisfies Pick<Attack, "threat" | "places">;

/** What a module inside found out: the marker of this attempt when its system call got through. */
async function gotThrough(world: World, module: string) {
  const inside = await takeOver(world);
  const answer = await inside.run(module, { marker: world.marker.text });
  return outcome(
    said(answer).includes(world.marker.text),
    `inside: ${said(answer).replace(world.marker.text, "it worked")}`,
  );
}

const writeAndRead = (file: string) => `import fs from "node:fs";
export const attack = ({ marker }) => { fs.writeFileSync("${file}", marker); return fs.readFileSync("${file}", "utf8"); };`;

export const attacks: readonly Attack[] = [
  {
    ...common,
    id: "docker-write-to-the-image",
    title: "all of Node replaces the runtime in the container's root file system",
    success: "the engine lists a changed file",
    control: readOnlyRoot,
    attempt: async (world) => {
      const inside = await takeOver(world);
      const answer = await inside.run(
        'import fs from "node:fs"; export const attack = () => { fs.rmSync("/runtime/main.mjs"); fs.writeFileSync("/runtime/main.mjs", "owned"); };',
      );
      const container = clientOf(world.engine).getContainer(inside.process.id);
      const changes: { Path: string }[] = (await container.changes()) ?? [];
      const changed = changes.some(({ Path }) => Path === "/runtime/main.mjs");
      return outcome(changed, `${changes.length} changes in the container; inside: ${said(answer)}`);
    },
  },
  {
    ...common,
    id: "docker-file-in-memory",
    title: "all of Node makes a file in the folder for temporary files",
    success: "what was written can be read",
    control: systemCalls,
    attempt: (world) => gotThrough(world, writeAndRead("/tmp/made")),
  },
  {
    ...common,
    id: "docker-shared-memory",
    title: "all of Node writes to shared memory, which no limit of files counts",
    success: "what was written can be read",
    control: noSharedMemory,
    attempt: (world) => gotThrough(world, writeAndRead("/dev/shm/made")),
  },
  {
    ...common,
    id: "docker-start-a-program",
    title: "all of Node starts a second Node without its limits",
    success: "what that one prints comes back",
    control: systemCalls,
    attempt: (world) =>
      gotThrough(
        world,
        `import { execFileSync } from "node:child_process";
export const attack = ({ marker }) => execFileSync(process.execPath, ["-p", JSON.stringify(marker)]).toString();`,
      ),
  },
  {
    ...common,
    id: "docker-run-what-was-dropped",
    title: "all of Node copies a program to the folder for temporary files and starts it",
    success: "what it prints comes back",
    control: nothingExecutable,
    attempt: async (world) => {
      const inside = await takeOver(world);
      const answer = await inside.run(
        `import fs from "node:fs"; import { execFileSync } from "node:child_process";
export function attack() {
  fs.copyFileSync("/sbin/docker-init", "/tmp/dropped");
  fs.chmodSync("/tmp/dropped", 0o755);
  return execFileSync("/tmp/dropped", ["--version"]).toString();
}`,
      );
      return outcome(/tini/.test(said(answer)), `inside: ${said(answer)}`);
    },
  },
  {
    ...common,
    id: "docker-change-of-owner",
    title: "all of Node gives a folder to another user, as only capabilities allow",
    success: "the folder belongs to the other user",
    control: noCapabilities,
    attempt: (world) =>
      gotThrough(
        world,
        `import fs from "node:fs";
export const attack = ({ marker }) => { fs.chownSync("/workspace", 7, 7); return fs.statSync("/workspace").uid === 7 ? marker : "no"; };`,
      ),
  },
];

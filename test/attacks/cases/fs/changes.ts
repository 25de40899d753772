import { execFileSync } from "node:child_process";
import {
  closeSync,
  constants,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  readSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { openWorkspace } from "#sandbox/workspace/open-workspace.ts";
import { type Attack, outcome } from "../../attack.ts";
import {
  checkedList,
  confirmedByName,
  conflictsShown,
  replacedFiles,
} from "../../controls/workspace-controls.ts";
import { applyChanges, changesFolder, servedWorkspace } from "../../world/workspace.ts";
import type { World } from "../../world/world.ts";

const by = "written by the run";

/** A run on a copy has written these. */
async function writtenOnCopy(world: World, files: readonly string[]): Promise<void> {
  const { folder: root } = world;
  const place = { root, procedureFile: "attack.tac", changesFolder: changesFolder(world) };
  const workspace = openWorkspace({ mode: "copy", ...place });
  for (const file of files) await workspace.write({ path: file, text: by });
}

function contentOf(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    // It is not there.
    return "";
  }
}

/** What a pipe holds at this moment. */
function readNow(pipe: number): string {
  const buffer = Buffer.alloc(100);
  try {
    return buffer.toString("utf8", 0, readSync(pipe, buffer));
  } catch {
    // Nothing is in it.
    return "";
  }
}

const common = { threat: "T7", places: ["host"] } satisfies Pick<Attack, "threat" | "places">;

export const attacks: readonly Attack[] = [
  {
    ...common,
    id: "fs-apply-through-a-link",
    title: "a file of the workspace becomes a link to outside before its change is applied",
    success: "the file outside has the content of the run",
    control: replacedFiles,
    attempt: async (world) => {
      world.write({ "report.txt": "mine" });
      await writtenOnCopy(world, ["report.txt"]);
      rmSync(path.join(world.folder, "report.txt"));
      symlinkSync("../outside/keys.txt", path.join(world.folder, "report.txt"));
      const said = await applyChanges(world, { overwritten: ["report.txt"] });
      const reached = contentOf(path.join(world.outside, "keys.txt")).includes(by);
      return outcome(reached, said);
    },
  },
  {
    ...common,
    id: "fs-write-through-a-hard-link",
    title: "writes to a file of the workspace that is another name of a file outside",
    success: "the file outside has the content of the run",
    control: replacedFiles,
    attempt: async (world) => {
      world.write({ "outside/notes.txt": "mine" });
      const outside = path.join(world.outside, "notes.txt");
      linkSync(outside, path.join(world.folder, "notes.txt"));
      const workspace = await servedWorkspace(world, "mount");
      await workspace.write({ path: "notes.txt", text: by });
      return outcome(contentOf(outside).includes(by), `the file outside says: ${contentOf(outside)}`);
    },
  },
  {
    ...common,
    id: "fs-write-into-a-pipe",
    title: "writes to a named pipe of the workspace that another program reads",
    success: "the program has read what the run wrote",
    control: replacedFiles,
    attempt: async (world) => {
      const pipe = path.join(world.folder, "pipe");
      execFileSync("mkfifo", [pipe]);
      const reader = openSync(pipe, constants.O_RDWR | constants.O_NONBLOCK);
      world.atTheEnd(() => closeSync(reader));
      const workspace = await servedWorkspace(world, "mount");
      await workspace.write({ path: "pipe", text: by });
      const read = readNow(reader);
      return outcome(read === by, `the program read ${read.length} bytes`);
    },
  },
  {
    ...common,
    id: "fs-apply-of-a-hook-unseen",
    title: "hides a hook and a workflow among ordinary changes that are applied together",
    success: "one of them is in the workspace without having been confirmed by name",
    control: confirmedByName,
    attempt: async (world) => {
      const risky = [".git/hooks/post-checkout", ".github/workflows/ci.yml", "run.sh", "a.tac.yml"];
      await writtenOnCopy(world, ["notes.txt", ...risky]);
      const said = await applyChanges(world);
      const there = risky.some((file) => contentOf(path.join(world.folder, file)) === by);
      return outcome(there, said);
    },
  },
  {
    ...common,
    id: "fs-apply-through-an-innocent-name",
    title: "leads an ordinary name through a link of the folder to the hooks",
    success: "a hook is in the workspace without having been confirmed by its name",
    control: confirmedByName,
    attempt: async (world) => {
      world.write({ ".git/HEAD": "ref: refs/heads/main" });
      mkdirSync(path.join(world.folder, ".git/hooks"));
      symlinkSync(".git/hooks", path.join(world.folder, "docs"));
      await writtenOnCopy(world, ["docs/post-checkout"]);
      const said = await applyChanges(world, { confirmed: ["docs/post-checkout"] });
      return outcome(contentOf(path.join(world.folder, ".git/hooks/post-checkout")) === by, said);
    },
  },
  {
    ...common,
    id: "fs-apply-over-later-work",
    title: "a change is applied to a file that the person has changed since",
    success: "what the person wrote is gone",
    control: conflictsShown,
    attempt: async (world) => {
      world.write({ "notes.txt": "before" });
      await writtenOnCopy(world, ["notes.txt"]);
      world.write({ "notes.txt": "later work" });
      const said = await applyChanges(world);
      return outcome(!contentOf(path.join(world.folder, "notes.txt")).includes("later work"), said);
    },
  },
  {
    ...common,
    id: "fs-forged-list-of-changes",
    title: "a list of changes in the pull request names a place outside of the workspace",
    success: "a file outside has the content of the list",
    control: checkedList,
    attempt: async (world) => {
      const folder = changesFolder(world);
      mkdirSync(path.join(folder, "files"), { recursive: true });
      // Where the path of the list leads when it starts in the folder of the contents.
      mkdirSync(path.join(folder, "outside"));
      writeFileSync(path.join(folder, "outside/planted.txt"), by);
      const list = { changes: [{ path: "../outside/planted.txt", kind: "created", bytes: by.length }] };
      writeFileSync(path.join(folder, "changes.json"), JSON.stringify(list));
      const said = await applyChanges(world);
      return outcome(contentOf(path.join(world.outside, "planted.txt")) === by, said);
    },
  },
];

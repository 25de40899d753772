import { readdirSync, truncateSync } from "node:fs";
import { mkdir, rename, symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import { maximumFileBytes } from "#sandbox/workspace/workspace.ts";
import { type Attack, outcome } from "../../attack.ts";
import { boundedTexts, heldOpen } from "../../controls/workspace-controls.ts";
import { servedWorkspace } from "../../world/workspace.ts";
import type { World } from "../../world/world.ts";

/** Tries against the product as it is; without the control one of the first few hundred gets through. */
const tries = 2000;

/** Two things that take one name in turn. */
interface Swap {
  readonly name: string;
  readonly one: (at: string) => Promise<unknown>;
  readonly other: (at: string) => Promise<unknown>;
}

/** Swaps as fast as the file system does it, while something is tried again and again. */
async function whileSwapping(world: World, swap: Swap, attempt: () => Promise<boolean>): Promise<boolean> {
  let swapping = true;
  let seen = false;
  const swapper = (async () => {
    for (let turn = 0; swapping; turn++) await swapOnce(world, swap, turn);
  })();
  for (let turn = 0; turn < tries && !seen; turn++) seen = await attempt();
  swapping = false;
  await swapper;
  return seen;
}

async function swapOnce({ folder }: World, { name, one, other }: Swap, turn: number): Promise<void> {
  const [draft, place] = [path.join(folder, `draft-${turn}`), path.join(folder, name)];
  await (turn % 2 === 0 ? one : other)(draft);
  await rename(draft, place).catch(async () => {
    // A folder can't take the place of a link at once; and the run may have made one in between.
    await rename(place, path.join(folder, `earlier-${turn}`)).catch(() => undefined);
    await rename(draft, place).catch(() => undefined);
  });
}

export const attacks: readonly Attack[] = [
  {
    id: "fs-file-swapped-for-a-link",
    threat: "T7",
    title: "a file becomes a link to outside between its check and its use",
    success: `the text of the file outside is read in one of ${tries} tries`,
    control: heldOpen,
    places: ["host"],
    attempt: async (world) => {
      const workspace = await servedWorkspace(world, "mount");
      const swap = {
        name: "flip.txt",
        one: (at: string) => writeFile(at, "plain"),
        other: (at: string) => symlink("../outside/canary.txt", at),
      };
      const seen = await whileSwapping(world, swap, async () => {
        const answer = await workspace.read({ path: "flip.txt" });
        return answer.ok && answer.value.text.includes(world.canaries.file);
      });
      return outcome(seen, seen ? "the text outside was read" : `never in ${tries} tries`);
    },
  },
  {
    id: "fs-folder-swapped-for-a-link",
    threat: "T7",
    title: "a folder becomes a link to outside while files are written into it",
    success: `a file of the run lies outside after ${tries} tries`,
    control: heldOpen,
    places: ["host"],
    attempt: async (world) => {
      const workspace = await servedWorkspace(world, "mount");
      const swap = {
        name: "flip",
        one: (at: string) => mkdir(at),
        other: (at: string) => symlink("../outside", at),
      };
      let count = 0;
      const seen = await whileSwapping(world, swap, async () => {
        await workspace.write({ path: `flip/made/${count++}.txt`, text: "by the run" });
        return readdirSync(world.outside).includes("made");
      });
      return outcome(seen, seen ? "a folder of the run lies outside" : `never in ${tries} tries`);
    },
  },
  {
    id: "fs-file-of-a-terabyte",
    threat: "T19",
    title: "reads a sparse file of a terabyte as one text",
    success: "a text is handed over that no frame can hold",
    control: boundedTexts,
    places: ["host"],
    attempt: async (world) => {
      world.write({ "sparse.bin": "" });
      truncateSync(path.join(world.folder, "sparse.bin"), 1024 ** 4);
      const workspace = await servedWorkspace(world, "mount");
      const answer = await workspace.read({ path: "sparse.bin" });
      const length = answer.ok ? answer.value.text.length : 0;
      return outcome(length > maximumFileBytes, `${length} characters were handed over`);
    },
  },
];

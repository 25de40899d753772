import { configFiles } from "./config-files.ts";
import { debugRequests } from "./debug-requests.ts";
import { hostFrames } from "./host-frames.ts";
import { fuzz } from "./hostile-input.ts";
import { journalFiles } from "./journal-files.ts";
import { patchFiles } from "./patches.ts";
import { sandboxFrames } from "./sandbox-frames.ts";
import { treeObjects } from "./tree-objects.ts";

/** Every target that runs within this process, by its name on the command line. */
export const hostileInputs: Readonly<Record<string, (count: number, seed: number) => Promise<void>>> = {
  "sandbox-frames": (count, seed) => fuzz(sandboxFrames, count, seed),
  "host-frames": (count, seed) => fuzz(hostFrames, count, seed),
  journals: (count, seed) => fuzz(journalFiles, count, seed),
  patches: (count, seed) => fuzz(patchFiles, count, seed),
  "tree-objects": (count, seed) => fuzz(treeObjects, count, seed),
  "debug-requests": (count, seed) => fuzz(debugRequests, count, seed),
  configs: (count, seed) => fuzz(configFiles, count, seed),
};

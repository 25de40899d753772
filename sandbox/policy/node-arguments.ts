import path from "node:path";
import type { SandboxPolicy } from "../isolation.ts";

const mebibyte = 1024 * 1024;

/**
 * The command line of the sandboxed Node, the same in both isolations. In the container it is a second wall; in the
 * embedded isolation it is the main one. What Node's permission model does not stop: signals to processes of the same
 * user, reading `/proc` through native code, and holes of Node itself. `node:sqlite` and `node:ffi` are switched off
 * because Node 26 lets `node:sqlite` create files without asking the permission model.
 */
export function nodeArguments(
  policy: SandboxPolicy,
  runtimeFolder: string,
  separator: string = path.sep,
): string[] {
  return [
    "--permission",
    `--allow-fs-read=${runtimeFolder}`,
    // The procedure runs in a worker thread; a worker has the permissions of its process.
    "--allow-worker",
    "--disable-warning=PERM0006",
    ...(policy.network === "none" ? [] : ["--allow-net"]),
    // Node warns that a program may do what this process may not: those programs have the container around them.
    ...(policy.childProcesses ? ["--allow-child-process", "--disable-warning=PERM0002"] : []),
    "--disallow-code-generation-from-strings",
    "--disable-proto=delete",
    "--no-addons",
    "--no-experimental-sqlite",
    "--no-experimental-ffi",
    "--no-experimental-webstorage",
    `--max-old-space-size=${mainHeapMebibytes(policy)}`,
    [runtimeFolder, `${policy.program}.mjs`].join(separator),
  ];
}

/** The heap of the supervisor thread; the worker's heap and Lua's memory have limits of their own. */
function mainHeapMebibytes({ memoryBytes }: SandboxPolicy): number {
  return Math.floor(memoryBytes / 4 / mebibyte);
}

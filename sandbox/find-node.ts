import { execFile } from "node:child_process";
import { access, constants, realpath } from "node:fs/promises";
import { homedir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { fail, ok, type Result } from "#common/result.ts";
import type { IsolationUnavailable } from "./isolation.ts";
import type { SandboxSetup } from "./setup.ts";

/** The first major version whose permission model covers the network. */
export const oldestNodeMajor = 26;

/**
 * The Node binary that the sandbox uses: the one the caller names, else the project's pinned one beside the bundle,
 * else this process's own, else the first on the PATH that is new enough.
 */
export async function findNode(setup: SandboxSetup): Promise<Result<string, IsolationUnavailable>> {
  if (setup.nodePath) {
    const named = await executable(setup.nodePath);
    return named ? ok(named) : fail(nodeMissing(`There is no program at ${setup.nodePath}.`));
  }
  const pinned = await firstExecutable(pinnedPlaces(setup.runtimeFolder));
  if (pinned) return ok(pinned);
  for (const folder of searchedFolders(process.env["PATH"] ?? "", process.cwd())) {
    const candidate = await executable(path.join(folder, programName));
    if (candidate && (await nodeMajor(candidate)) >= oldestNodeMajor) return ok(candidate);
  }
  return fail(nodeMissing("Neither the project's own Node was found nor a new enough one on the PATH."));
}

/**
 * The folders of a search path where a program may be looked for: absolute, and outside the folder that is worked in,
 * since what lies in there came with it. A home, or what holds it, came with nobody.
 */
export function searchedFolders(searchPath: string, workFolder: string, home: string = homedir()): string[] {
  const isForeign = !contains(workFolder, home);
  return searchPath
    .split(path.delimiter)
    .filter((folder) => path.isAbsolute(folder) && !(isForeign && contains(workFolder, folder)));
}

function contains(folder: string, other: string): boolean {
  const relative = path.relative(folder, other);
  return relative.split(path.sep)[0] !== ".." && !path.isAbsolute(relative);
}

/** Major version of a Node binary; 0 when it is none. */
export async function nodeMajor(nodePath: string): Promise<number> {
  try {
    const { stdout } = await promisify(execFile)(nodePath, ["--version"], { env: {}, timeout: 5000 });
    return Number(/^v(\d+)\./.exec(stdout)?.[1] ?? 0);
  } catch {
    // Not a program that can be run here.
    return 0;
  }
}

/** The failure of an installation without a usable Node. */
export function nodeMissing(reason: string): IsolationUnavailable {
  return {
    code: "node-missing",
    message: `No Node.js for the sandbox: ${reason}`,
    remedy: `Install Node.js ${oldestNodeMajor} or newer and name its binary in the settings (\`tactus.nodePath\`), or run \`npm ci\`.`,
  };
}

const programName = process.platform === "win32" ? "node.exe" : "node";

/** `node_modules/node/bin/node` in the folders above the bundle, and this process's own binary when it is plain Node. */
function pinnedPlaces(runtimeFolder: string): string[] {
  const places: string[] = [];
  for (let folder = path.resolve(runtimeFolder); ; folder = path.dirname(folder)) {
    places.push(path.join(folder, "node_modules", "node", "bin", programName));
    if (folder === path.dirname(folder)) break;
  }
  const own = Number(process.versions.node.split(".")[0]) >= oldestNodeMajor && !process.versions["electron"];
  return own ? [...places, process.execPath] : places;
}

async function firstExecutable(candidates: readonly string[]): Promise<string | undefined> {
  for (const candidate of candidates) {
    const found = await executable(candidate);
    if (found) return found;
  }
  return undefined;
}

async function executable(file: string): Promise<string | undefined> {
  try {
    await access(file, constants.X_OK);
    return await realpath(file);
  } catch {
    // Absent, or not to be executed.
    return undefined;
  }
}

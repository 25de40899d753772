import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";

/**
 * Makes a fresh clone runnable with nothing but the machine's Node and npm: installs the locked packages and builds.
 * Written for the machine's own Node (20), since the project's pinned one is among what it installs.
 */

export const root = path.resolve(import.meta.dirname, "..");
const bin = path.join(root, "node_modules", ".bin");

/** The environment of every child: the pinned Node comes first on the PATH. */
export const environment = { ...process.env, PATH: `${bin}${path.delimiter}${process.env.PATH}` };

/** Runs a command with its output on our standard error, so that standard output stays the caller's. True on exit code 0. */
export function run(command, args, options = {}) {
  const { status } = spawnSync(command, args, {
    cwd: root,
    env: environment,
    stdio: ["ignore", process.stderr.fd, process.stderr.fd],
    ...options,
  });
  return status === 0;
}

/** Installs packages unless the installed ones are those of the lock file. Exits with 2 when that fails. */
export function installPackages() {
  const stamp = path.join(root, "node_modules", ".tactus-installed");
  const lock = createHash("sha256")
    .update(readFileSync(path.join(root, "package-lock.json")))
    .digest("hex");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === lock) return;
  process.stderr.write("Installing packages (npm ci) …\n");
  if (!run("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"])) {
    process.stderr.write("npm ci failed: see its message above. A package registry must be reachable.\n");
    process.exit(2);
  }
  mkdirSync(path.dirname(stamp), { recursive: true });
  writeFileSync(stamp, lock);
}

/** Bundles everything into dist/ (about a second). Exits with 2 when that fails. */
export function build() {
  if (run("node", ["scripts/build.ts"])) return;
  process.stderr.write("The build failed: see its message above.\n");
  process.exit(2);
}

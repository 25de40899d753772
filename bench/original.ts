import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";

/** Packages that the original's release needs at run time; some it does not name as its own dependencies. */
const packages = ["tactus==0.53.4", "typer", "boto3", "behave", "gherkin-official"];

/**
 * The original program as a peer, in a git-ignored folder. Undefined when it can't be installed (no Python, no package
 * registry): its comparison is then left out, and the report says so.
 */
export function installOriginal(folder: string): string | undefined {
  const command = path.join(folder, "bin", "tactus");
  if (existsSync(command)) return command;
  const made =
    succeeds("python3", ["-m", "venv", folder]) &&
    succeeds(path.join(folder, "bin", "pip"), ["install", "--quiet", ...packages]);
  return made ? command : undefined;
}

function succeeds(command: string, args: readonly string[]): boolean {
  return spawnSync(command, args, { stdio: ["ignore", "ignore", "inherit"] }).status === 0;
}

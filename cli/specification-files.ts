import { readFile, stat } from "node:fs/promises";
import path from "node:path";
import { findCheckable } from "./checkable-files.ts";
import { UsageError } from "./usage-error.ts";

/** The `.tac` files below the paths that hold specifications; a file that is named itself is always taken. */
export async function findSpecificationFiles(paths: readonly string[]): Promise<readonly string[]> {
  const named = new Set<string>();
  for (const given of paths) {
    const status = await stat(given).catch(() => undefined);
    if (!status) throw new UsageError(`${given} does not exist.`);
    if (!status.isDirectory() && !given.endsWith(".tac")) throw new UsageError(`${given} is no .tac file.`);
    if (!status.isDirectory()) named.add(path.normalize(given));
  }
  const found: string[] = [];
  for (const file of await findCheckable(paths)) {
    if (file.endsWith(".tac") && (named.has(file) || (await hasSpecification(file))))
      found.push(path.resolve(file));
  }
  return found;
}

async function hasSpecification(file: string): Promise<boolean> {
  return /\bSpecifications?\b/.test(await readFile(file, "utf8"));
}

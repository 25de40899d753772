import path from "node:path";

/** The folder where relative paths of a config file start: its own; for `.tactus/config.yml` the one that holds `.tactus`. */
export function configStart(file: string): string {
  const folder = path.dirname(file);
  return path.basename(folder) === ".tactus" ? path.dirname(folder) : folder;
}

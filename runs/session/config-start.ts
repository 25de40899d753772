import { homedir } from "node:os";
import path from "node:path";

/**
 * A path of a config file made absolute: `~` is the home folder, a relative path starts at the file's own folder; for
 * `.tactus/config.yml` at the one that holds `.tactus`.
 */
export function hostPathOf(text: string, configFile: string): string {
  return path.resolve(configStart(configFile), text.replace(/^~(?=$|[/\\])/, homedir()));
}

function configStart(file: string): string {
  const folder = path.dirname(file);
  return path.basename(folder) === ".tactus" ? path.dirname(folder) : folder;
}

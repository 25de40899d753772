import { homedir } from "node:os";
import path from "node:path";

/** The person's data folder for this product, by the conventions of the system: what must not lie in a workspace. */
export function dataFolder(environment: NodeJS.ProcessEnv = process.env): string {
  return path.join(systemDataFolder(environment), "tactus-studio");
}

function systemDataFolder(environment: NodeJS.ProcessEnv): string {
  const named = environment["XDG_DATA_HOME"];
  // A relative path would lie in whatever folder the command is called from.
  if (named && path.isAbsolute(named)) return named;
  if (process.platform === "darwin") return path.join(homedir(), "Library", "Application Support");
  if (process.platform === "win32" && environment["LOCALAPPDATA"]) return environment["LOCALAPPDATA"];
  return path.join(homedir(), ".local", "share");
}

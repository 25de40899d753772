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

/** Bits of a file's mode by which others than its owner may change it, or do anything with it. */
export const othersWrite = 0o022;
export const othersUse = 0o077;

/** Whether a file is this person's and gives others none of these rights. Windows keeps a person's folders by other means. */
export function isOwn(
  { uid, mode }: { readonly uid: number; readonly mode: number },
  rightsOfOthers: number,
): boolean {
  const own = process.getuid?.();
  return own === undefined || (uid === own && (mode & rightsOfOthers) === 0);
}

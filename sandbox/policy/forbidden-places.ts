import { existsSync, realpathSync } from "node:fs";
import { homedir } from "node:os";
import path from "node:path";
import { isSecretName, secretFolders, systemTrees, wholeRoots } from "#protocol/never-mounted.ts";

/** Host places that no run may see, whoever asks for them. */
export interface ForbiddenPlaces {
  /** Neither the place, nor anything inside it, nor a folder that contains it. */
  readonly trees: readonly string[];
  /** Not the place itself, nor a folder that contains it; what is inside may be mounted. */
  readonly roots: readonly string[];
  /** The one folder inside of these that may be mounted, read-only and at its own place: programs of MCP servers. */
  readonly servers?: readonly string[];
}

/** Names that mean secrets in any home, also in another person's. */
export const secretNames: ReadonlySet<string> = new Set(secretFolders.filter(isSecretName));

/** The places of this machine. `engineSockets` are the sockets of the container engines that may be reachable here. */
export function forbiddenPlaces(engineSockets: readonly string[], home: string = homedir()): ForbiddenPlaces {
  const trees = [...systemTrees, ...engineSockets, ...secretFolders.map((folder) => path.join(home, folder))];
  const roots = [...wholeRoots, home];
  return { trees: withRealPaths(trees), roots: withRealPaths(roots), servers: serverFolders(home) };
}

/** A place may be reached through links (/var/run is one): both spellings count. */
function withRealPaths(places: readonly string[]): string[] {
  return [
    ...new Set(places.flatMap((place) => (existsSync(place) ? [place, realpathSync(place)] : [place]))),
  ];
}

/** Only the home is resolved: where the folder itself is a link, what it leads to is judged as any other place. */
function serverFolders(home: string): string[] {
  return withRealPaths([home]).map((place) => path.join(place, ".tactus", "mcp-servers"));
}

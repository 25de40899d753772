import { homedir } from "node:os";
import path from "node:path";

/** What a caller (command line, editor, test) tells the sandbox about this installation. All from trusted places. */
export interface SandboxSetup {
  /** Folder of the bundled runtime, `dist/runtime`. */
  readonly runtimeFolder: string;
  /** The Node binary to use in the sandbox; undefined = the project's pinned one, else one on the PATH. */
  readonly nodePath?: string | undefined;
  /** Address of the container engine, as `unix:///run/docker.sock`; undefined = DOCKER_HOST, then the usual places. */
  readonly dockerHost?: string | undefined;
  /** Where digests are remembered; undefined = the user's cache folder. */
  readonly cacheFolder?: string | undefined;
}

/** The user's cache folder for this product, by the conventions of the system. */
export function cacheFolder(setup: SandboxSetup, environment: NodeJS.ProcessEnv = process.env): string {
  if (setup.cacheFolder) return setup.cacheFolder;
  return path.join(systemCacheFolder(environment), "tactus-studio");
}

function systemCacheFolder(environment: NodeJS.ProcessEnv): string {
  if (environment["XDG_CACHE_HOME"]) return environment["XDG_CACHE_HOME"];
  if (process.platform === "darwin") return path.join(homedir(), "Library", "Caches");
  if (process.platform === "win32" && environment["LOCALAPPDATA"]) return environment["LOCALAPPDATA"];
  return path.join(homedir(), ".cache");
}

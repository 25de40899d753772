import { type FilePlace, isWithin } from "#language/sidecar/host-path.ts";
import {
  imagePlaces,
  isSecretName,
  secretFolders,
  systemTrees,
  wholeRoots,
} from "#protocol/never-mounted.ts";

const lowerSecretFolders = secretFolders.map((folder) => folder.toLowerCase());

/**
 * Why a host path is never mounted, by its name alone, as the rest of a sentence; undefined for all others.
 * sandbox/policy/forbidden-places.ts has the last word; a test compares the two.
 */
export function whyNeverMounted(path: string, { home }: FilePlace): string | undefined {
  if (/(?:docker|podman|containerd|crio|buildkitd)\.sock(\/|$)/i.test(path))
    return "whoever reaches the container engine's socket owns this machine";
  const tree = systemTrees.find((place) => isWithin(path, place));
  if (tree !== undefined) return `it would show ${tree} of this machine`;
  if (isHome(path, home)) return "a home folder holds keys, browsers and histories";
  const secret = secretPart(path);
  if (secret !== undefined) return `${secret} holds secrets`;
  const root = [...wholeRoots, ...systemTrees].find((place) => isWithin(place, path));
  if (root !== undefined) return `it would show ${path} of this machine as a whole`;
  return home !== undefined && isWithin(home, path) ? "your home folder lies in it" : undefined;
}

/** Whether a path leads into the folder where git keeps history and hooks. */
export function isGitFolder(path: string): boolean {
  return path.split("/").some((step) => step.toLowerCase() === ".git");
}

function isHome(path: string, home: string | undefined): boolean {
  if (path === "~" || /^\/(?:home|Users)\/[^/]+$/i.test(path) || /^\/root$/i.test(path)) return true;
  return home !== undefined && path.toLowerCase() === home.toLowerCase();
}

function secretPart(path: string): string | undefined {
  const below = `/${path.toLowerCase().replace(/^~\//, "")}/`;
  return lowerSecretFolders.find((folder) =>
    isSecretName(folder) ? below.includes(`/${folder}/`) : belowHome(path)?.startsWith(`${folder}/`),
  );
}

/** What stands behind the home in a path, in lower case and with a slash at its end. */
function belowHome(path: string): string | undefined {
  const rest = /^(?:~|\/(?:home|users)\/[^/]+|\/root)\/(.+)$/i.exec(path)?.[1];
  return rest === undefined ? undefined : `${rest.toLowerCase()}/`;
}

/** Why nothing is mounted at a path in the container, as the rest of a sentence. */
export function whyContainerRefused(container: string): string | undefined {
  if (container === "/" || /[:,\p{Cc}]/u.test(container))
    return `"${container}" is no place for a mount in the container`;
  const covered = imagePlaces.find((place) => isWithin(container, place));
  return covered === undefined ? undefined : `${covered} in the container is not to be covered`;
}

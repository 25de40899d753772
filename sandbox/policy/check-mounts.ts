import { lstatSync, realpathSync } from "node:fs";
import path from "node:path";
import { fail, ok, type Result } from "#common/result.ts";
import { imagePlaces } from "#protocol/never-mounted.ts";
import { mcpServersFolder } from "#protocol/wire/mcp.ts";
import type { Mount } from "../isolation.ts";
import { type ForbiddenPlaces, secretNames } from "./forbidden-places.ts";

/** Why a policy can't be granted by anyone. */
export interface PolicyRefusal {
  readonly code: "mount-refused" | "network-refused" | "environment-refused" | "limit-refused";
  readonly message: string;
}

/**
 * Gives the mounts back with their host paths resolved, or the first one that is never granted. Resolved means: what
 * was checked is what the engine is told. A link that is swapped between this check and the engine's own look-up is
 * not stopped here; mounts come from trusted config only.
 */
export function checkMounts(
  mounts: readonly Mount[],
  places: ForbiddenPlaces,
): Result<readonly Mount[], PolicyRefusal> {
  const checked: Mount[] = [];
  for (const mount of mounts) {
    const hostPath = resolveHostPath(mount.hostPath);
    if (!hostPath.ok) return hostPath;
    const reason = isServersFolder(mount, hostPath.value, places)
      ? undefined
      : (hostRefusal(hostPath.value, places) ?? containerRefusal(mount.containerPath));
    if (reason) return refuse(mount, reason);
    checked.push({ ...mount, hostPath: hostPath.value });
  }
  return ok(checked);
}

function resolveHostPath(hostPath: string): Result<string, PolicyRefusal> {
  const refusal = (reason: string) =>
    fail<PolicyRefusal>({ code: "mount-refused", message: `The mount of ${hostPath} is refused: ${reason}` });
  if (!path.isAbsolute(hostPath)) return refusal("its path is not absolute.");
  if (hostPath.split(/[\\/]/).includes("..")) return refusal("its path contains `..`.");
  try {
    const real = realpathSync.native(hostPath);
    const status = lstatSync(real);
    if (!status.isDirectory() && !status.isFile()) return refusal("it is neither a folder nor a file.");
    return ok(real);
  } catch {
    return refusal("it does not exist, or can't be read.");
  }
}

function isServersFolder(mount: Mount, hostPath: string, { servers = [] }: ForbiddenPlaces): boolean {
  const isInPlace = mount.containerPath === mcpServersFolder && !mount.writable;
  return isInPlace && servers.some((place) => path.relative(place, hostPath) === "");
}

function hostRefusal(hostPath: string, { trees, roots }: ForbiddenPlaces): string | undefined {
  const tree = trees.find((place) => contains(place, hostPath) || contains(hostPath, place));
  if (tree) return `it would give access to ${tree}.`;
  const root = roots.find((place) => contains(hostPath, place));
  if (root) return `${root} as a whole is never mounted.`;
  const secret = hostPath.split(path.sep).find((segment) => secretNames.has(segment.toLowerCase()));
  return secret && `folders named ${secret} hold secrets.`;
}

function containerRefusal(containerPath: string): string | undefined {
  const plain = path.posix.isAbsolute(containerPath) && path.posix.normalize(containerPath) === containerPath;
  if (!plain || containerPath === "/" || /[:,\p{Cc}]/u.test(containerPath))
    return `${JSON.stringify(containerPath)} is not a plain absolute path in the container.`;
  const covered = imagePlaces.find(
    (place) => contains(place, containerPath) || contains(containerPath, place),
  );
  return covered && `${covered} in the container is not to be covered.`;
}

/** Compared without case, since file systems of other systems do: on Linux this refuses a little more than needed. */
function contains(folder: string, candidate: string): boolean {
  const relative = path.relative(folder.toLowerCase(), candidate.toLowerCase());
  return (
    relative === "" ||
    !(relative === ".." || relative.startsWith(`..${path.sep}`) || path.isAbsolute(relative))
  );
}

function refuse({ hostPath }: Mount, reason: string): Result<never, PolicyRefusal> {
  return fail({ code: "mount-refused", message: `The mount of ${hostPath} is refused: ${reason}` });
}

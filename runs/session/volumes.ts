import { realpathSync } from "node:fs";
import path from "node:path";
import { fail, ok, type Result } from "#common/result.ts";
import type { Demand } from "#language/sidecar/layers.ts";
import type { PathDemand } from "#language/sidecar/resolved-config.ts";
import { parseVolume } from "#language/sidecar/volume.ts";
import { hostPathOf } from "#runs/session/config-start.ts";
import type { StartProblem } from "#runs/session/session.ts";
import type { Mount } from "#sandbox/isolation.ts";
import { checkMounts } from "#sandbox/policy/check-mounts.ts";
import { forbiddenPlaces } from "#sandbox/policy/forbidden-places.ts";

/** The volumes of a run, after the ceilings of the machine. */
export interface MountedVolumes {
  readonly mounts: readonly Mount[];
  /** What a folder asked for, a grant gave, and nobody may have. */
  readonly refused: readonly Demand[];
}

/**
 * Turns the volumes of the config into mounts. Places that are never mounted are refused whoever asks: from the
 * person's own config that is a mistake to be told about, from a folder it is left out and listed.
 */
export function mountVolumes(
  volumes: readonly PathDemand[],
  workspaceRoot: string,
): Result<MountedVolumes, StartProblem> {
  const places = forbiddenPlaces(engineSockets);
  const mounts: Mount[] = [];
  const refused: Demand[] = [];
  for (const volume of volumes) {
    const parsed = mountOf({ ...volume, file: path.resolve(workspaceRoot, volume.file) });
    const known = parsed.ok ? checkMounts([parsed.value], places) : fail({ message: parsed.error });
    const checked = known.ok && !volume.trusted ? withoutPolicies(known.value, workspaceRoot) : known;
    const { text: target, file, line } = volume;
    if (checked.ok) mounts.push(...checked.value);
    else if (!volume.trusted) refused.push({ capability: "mount", target, origin: { file, line } });
    else return fail({ code: "mount-refused", message: checked.error.message, file, line, exitCode: 2 });
  }
  return ok({ mounts, refused });
}

/** Whether a volume is one that nobody gets, whoever asks and whoever grants. */
export function isNeverMounted(volume: PathDemand, workspaceRoot: string): boolean {
  const mounted = mountVolumes([volume], workspaceRoot);
  return !mounted.ok || mounted.value.refused.length > 0;
}

/**
 * What a folder may not have even with a grant: a writable mount that holds the workspace, or hidden files of it. A run
 * would rewrite there what the next one trusts, without anybody's looking at it.
 */
function withoutPolicies(
  mounts: readonly Mount[],
  workspaceRoot: string,
): Result<readonly Mount[], { readonly message: string }> {
  const root = realpathSync(workspaceRoot);
  const refused = mounts.find(({ hostPath, writable }) => {
    const below = path.relative(root, hostPath).split(path.sep);
    const holdsRoot = below.every((name) => name === ".." || name === "");
    return writable && (holdsRoot || (below[0] !== ".." && below.some((name) => name.startsWith("."))));
  });
  if (!refused) return ok(mounts);
  const message = `The mount of ${refused.hostPath} is refused: it could rewrite procedures, sidecars and hidden files.`;
  return fail({ message });
}

/** Sockets of container engines: whoever reaches one owns the machine. Others are covered by `/run` and `/var/run`. */
const engineSockets: readonly string[] = [process.env["DOCKER_HOST"] ?? ""]
  .filter((address) => address.startsWith("unix://"))
  .map((address) => address.slice("unix://".length));

/**
 * The mount that a volume asks for: read-only unless `rw` is written; a relative path starts at the folder of the file
 * that asks (for `.tactus/config.yml`: the folder that holds `.tactus`). The failure says what is wrong with the text.
 */
function mountOf({ text, file }: PathDemand): Result<Mount, string> {
  const parsed = parseVolume(text);
  if (!parsed.ok) return parsed;
  const { host, container, mode } = parsed.value;
  const hostPath = hostPathOf(host, file);
  return ok({ hostPath, containerPath: path.posix.normalize(container), writable: mode === "rw" });
}

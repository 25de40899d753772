import { homedir } from "node:os";
import path from "node:path";
import { fail, ok, type Result } from "#common/result.ts";
import type { VolumeDemand } from "#language/sidecar/resolved-config.ts";
import type { Mount } from "#sandbox/isolation.ts";

/**
 * Reads `host:container[:ro|rw]`. Only host folders can be mounted, read-only unless `rw` is written; a relative
 * path starts at the folder of the file that asks (for `.tactus/config.yml`: the folder that holds `.tactus`).
 * The failure says what is wrong with the text.
 */
export function parseVolume({ text, file }: VolumeDemand): Result<Mount, string> {
  const match = /^((?:[A-Za-z]:)?[^:]+):([^:]+)(?::(ro|rw))?$/.exec(text);
  const [, host = "", container = "", mode] = match ?? [];
  if (!match)
    return fail(
      `The volume "${text}" must look like host:container, host:container:ro or host:container:rw.`,
    );
  if (!/^(\.{0,2}\/|\.{1,2}$|~|[A-Za-z]:)/.test(host)) {
    return fail(
      `The volume "${text}" names no folder: named volumes are not supported, write ./${host} or /${host}.`,
    );
  }
  if (!path.posix.isAbsolute(container))
    return fail(`The volume "${text}" needs an absolute path in the container.`);
  const hostPath = path.resolve(startOf(file), host.replace(/^~(?=$|[/\\])/, homedir()));
  return ok({ hostPath, containerPath: path.posix.normalize(container), writable: mode === "rw" });
}

function startOf(file: string): string {
  const folder = path.dirname(file);
  return path.basename(folder) === ".tactus" ? path.dirname(folder) : folder;
}

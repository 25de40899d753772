import { fail, ok, type Result } from "#common/result.ts";

/** A mount as a config asks for it. */
export interface Volume {
  /** As written: absolute, from the home (`~`), or relative to the folder of the file that asks. */
  readonly host: string;
  /** Absolute path in the container. */
  readonly container: string;
  /** Absent means read-only. */
  readonly mode: "ro" | "rw" | undefined;
}

/**
 * Reads `host:container[:ro|rw]`. Only host folders can be mounted. The failure says what is wrong with the text; the
 * start of a run and the check of a file both ask here.
 */
export function parseVolume(text: string): Result<Volume, string> {
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
  if (!container.startsWith("/"))
    return fail(`The volume "${text}" needs an absolute path in the container.`);
  return ok({ host, container, mode: mode === "ro" || mode === "rw" ? mode : undefined });
}

import { fileKindOf } from "#language/diagnostics/file-kind.ts";
import type { ChangedFile } from "#review/trees/find-renames.ts";

/**
 * What a file is compared with in base; undefined where everything in it counts as new. Only procedures stay what they
 * are under another name: a config counts for the place that it lies in, and a text that becomes a procedure was none.
 */
export function comparedName({ path, before, from }: ChangedFile): string | undefined {
  if (!before) return undefined;
  if (from === undefined) return path;
  return fileKindOf(path) === "procedure" && fileKindOf(from) === "procedure" ? from : undefined;
}

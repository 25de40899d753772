import { fileKindOf } from "#language/diagnostics/file-kind.ts";
import { foldedName, obeyedReason } from "#protocol/obeyed-files.ts";
import type { ReviewedKind } from "#protocol/reports/review-report.ts";

/** What the configs of both sides name, as paths of the repository: files, and folders by all that is in them. */
export interface NamedPaths {
  readonly plugins: readonly string[];
  readonly servers: readonly string[];
  /** `a.yml` beside `a.tac`. */
  readonly sidecars: ReadonlySet<string>;
}

/** What a file is to a run. Names that only some systems read as ours count as ours. */
export function reviewedKindOf(path: string, named: NamedPaths): ReviewedKind {
  const folded = foldedName(path);
  if (fileKindOf(folded) === "procedure") return "procedure";
  if (fileKindOf(folded) === "config")
    return /(^|\/)\.tactus\/config\.yml$/.test(folded) ? "config" : "sidecar";
  if (named.sidecars.has(path)) return "sidecar";
  if (folded.endsWith(".py") && isNamed(path, named.plugins)) return "plugin";
  if (isNamed(path, named.servers)) return "mcp-server";
  return obeyedReason(folded.split("/")) === undefined ? "other" : "obeyed";
}

/** Everything that somebody trusts without looking at it again. */
export function isTrustedKind(kind: ReviewedKind): boolean {
  return kind !== "procedure" && kind !== "other";
}

function isNamed(path: string, places: readonly string[]): boolean {
  return places.some((place) => place === "" || path === place || path.startsWith(`${place}/`));
}

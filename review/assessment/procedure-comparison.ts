import { ok, type Result } from "#common/result.ts";
import { buildManifest } from "#language/manifest/build-manifest.ts";
import { compareManifests, type ManifestChange } from "#language/manifest/compare-manifests.ts";
import type { Manifest } from "#language/manifest/manifest.ts";
import { pathOf, uriOf } from "#review/assessment/repository-uris.ts";
import type { ReviewSide, Sides } from "#review/assessment/review-side.ts";
import type { ReviewProblem } from "#review/review-problem.ts";

/** A procedure in both versions; a name is absent where there is none. */
export interface ProcedureVersions {
  readonly base?: string;
  readonly head?: string;
}

/** What a change does to what a procedure may touch. */
export interface ProcedureComparison extends ProcedureVersions {
  readonly manifests: ManifestChange;
}

/** Compares the manifests of a procedure in base and head. */
export async function compareProcedure(
  { base, head }: Sides,
  versions: ProcedureVersions,
): Promise<Result<ProcedureComparison, ReviewProblem>> {
  const before = await manifestOf(base, versions.base);
  if (!before.ok) return before;
  const after = await manifestOf(head, versions.head);
  if (!after.ok) return after;
  return ok({ ...versions, manifests: compareManifests(before.value, after.value) });
}

/** Undefined where there is no procedure that can be read. */
async function manifestOf(
  side: ReviewSide,
  procedure: string | undefined,
): Promise<Result<Manifest | undefined, ReviewProblem>> {
  if (procedure === undefined) return ok(undefined);
  const isThere = await side.load(procedure);
  if (!isThere.ok || !isThere.value) return isThere.ok ? ok(undefined) : isThere;
  const config = await side.configs.resolutionFor(procedure);
  if (!config.ok) return config;
  return ok(
    buildManifest({ uri: uriOf(procedure), project: side.project, describe: pathOf, config: config.value }),
  );
}

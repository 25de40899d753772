import { fail, ok, type Result } from "#common/result.ts";
import { fileKindOf } from "#language/diagnostics/file-kind.ts";
import { comparedName } from "#review/assessment/compared-name.ts";
import { procedureOf } from "#review/assessment/config-side.ts";
import type { ProcedureVersions } from "#review/assessment/procedure-comparison.ts";
import { pathOf, uriOf } from "#review/assessment/repository-uris.ts";
import type { ReviewSide, Sides } from "#review/assessment/review-side.ts";
import type { ReviewProblem } from "#review/review-problem.ts";
import type { ChangedFile } from "#review/trees/find-renames.ts";

/** Files of head that are looked through for procedures which the change reaches without touching them. */
const mostListed = 20_000;
/** Procedures of each side whose texts are read, since others may name them. */
const mostRead = 1000;
/** Procedures beyond those that changed themselves that are compared. */
const mostReached = 100;

/** The procedures whose manifests the change may alter: those in it, and those that a config or a module in it counts for. */
export async function affectedProcedures(
  sides: Sides,
  changed: readonly ChangedFile[],
): Promise<Result<readonly ProcedureVersions[], ReviewProblem>> {
  const versions = changed
    .filter(({ path }) => fileKindOf(path) === "procedure")
    .map((file) => {
      const base = comparedName(file);
      return { ...(base !== undefined && { base }), ...(file.after && { head: file.path }) };
    });
  const known = new Set(changed.map(({ path }) => path));
  const reached = await reachedProcedures(sides, changed);
  if (!reached.ok) return reached;
  const others = reached.value.filter((path) => !known.has(path));
  return ok([...versions, ...others.map((path) => ({ base: path, head: path }))]);
}

async function reachedProcedures(
  { base, head }: Sides,
  changed: readonly ChangedFile[],
): Promise<Result<readonly string[], ReviewProblem>> {
  const configs = changed.filter(({ path }) => isConfig(path)).map(({ path }) => path);
  const modules = changed.filter(({ path }) => fileKindOf(path) === "procedure");
  if (configs.length + modules.length === 0) return ok([]);
  const [before, after] = [await proceduresIn(base), await proceduresIn(head)];
  if (!before.ok) return before;
  if (!after.ok) return after;
  // Of a repository that is too large for that, the changed files are still all compared: what they name elsewhere is
  // then unknown on both sides alike.
  if (!before.value || !after.value) return ok([]);
  const problem = (await know(base, before.value)) ?? (await know(head, after.value));
  if (problem) return fail(problem);
  const users = modules.flatMap(({ path }) => head.project.affectedBy(uriOf(path)).map(pathOf));
  const configured = after.value.filter((path) => configs.some((config) => countsFor(config, path)));
  return ok([...new Set([...users, ...configured])].slice(0, mostReached));
}

/** Every procedure of a side; undefined where there are more than are read. */
async function proceduresIn({
  tree,
}: ReviewSide): Promise<Result<readonly string[] | undefined, ReviewProblem>> {
  const files = await tree.list("", mostListed);
  if (!files.ok) return files.error.code === "tree-too-large" ? ok(undefined) : files;
  const procedures = files.value.map(({ path }) => path).filter((path) => fileKindOf(path) === "procedure");
  return ok(procedures.length <= mostRead ? procedures : undefined);
}

/** Lets a side know texts: a manifest follows what they name of each other. */
async function know(side: ReviewSide, procedures: readonly string[]): Promise<ReviewProblem | undefined> {
  for (const path of procedures) {
    const known = await side.know(path);
    if (!known.ok) return known.error;
  }
  return undefined;
}

function isConfig(path: string): boolean {
  return fileKindOf(path) === "config" || path.endsWith(".yml");
}

/** Whether a sidecar belongs to a procedure, or a config lies in a folder above it. */
function countsFor(config: string, procedure: string): boolean {
  const folder = /^(.*\/)?\.tactus\/config\.yml$/.exec(config);
  return folder ? procedure.startsWith(folder[1] ?? "") : procedureOf(config) === procedure;
}

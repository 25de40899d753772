import { ok, type Result } from "#common/result.ts";
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
/** Procedures whose texts are looked through for modules that they require. */
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
  const reached = await reachedProcedures(sides.head, changed);
  if (!reached.ok) return reached;
  const others = reached.value.filter((path) => !known.has(path));
  return ok([...versions, ...others.map((path) => ({ base: path, head: path }))]);
}

async function reachedProcedures(
  head: ReviewSide,
  changed: readonly ChangedFile[],
): Promise<Result<readonly string[], ReviewProblem>> {
  const configs = changed.filter(({ path }) => isConfig(path)).map(({ path }) => path);
  const modules = changed.filter(({ path }) => fileKindOf(path) === "procedure");
  if (configs.length + modules.length === 0) return ok([]);
  const files = await head.tree.list("", mostListed);
  // Of a repository that is too large for that, the changed files are still all compared.
  if (!files.ok) return files.error.code === "tree-too-large" ? ok([]) : files;
  const procedures = files.value.map(({ path }) => path).filter((path) => fileKindOf(path) === "procedure");
  if (procedures.length > mostRead) return ok([]);
  const users = await usersOf(head, procedures, modules);
  if (!users.ok) return users;
  const configured = procedures.filter((path) => configs.some((config) => countsFor(config, path)));
  return ok([...new Set([...users.value, ...configured])].slice(0, mostReached));
}

/** Procedures that require a module that changed, by whatever way. */
async function usersOf(
  head: ReviewSide,
  procedures: readonly string[],
  modules: readonly ChangedFile[],
): Promise<Result<readonly string[], ReviewProblem>> {
  for (const path of procedures) {
    const known = await head.know(path);
    if (!known.ok) return known;
  }
  return ok(modules.flatMap(({ path }) => head.project.affectedBy(uriOf(path)).map(pathOf)));
}

function isConfig(path: string): boolean {
  return fileKindOf(path) === "config" || path.endsWith(".yml");
}

/** Whether a sidecar belongs to a procedure, or a config lies in a folder above it. */
function countsFor(config: string, procedure: string): boolean {
  const folder = /^(.*\/)?\.tactus\/config\.yml$/.exec(config);
  return folder ? procedure.startsWith(folder[1] ?? "") : procedureOf(config) === procedure;
}

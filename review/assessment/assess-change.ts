import { fail, ok, type Result } from "#common/result.ts";
import { fileKindOf } from "#language/diagnostics/file-kind.ts";
import type { ReviewedFile, ReviewReport } from "#protocol/reports/review-report.ts";
import { affectedProcedures } from "#review/assessment/affected-procedures.ts";
import { FileAssessment } from "#review/assessment/file-assessment.ts";
import { readNamedPaths } from "#review/assessment/named-paths.ts";
import { overallRisk, reasonsOf } from "#review/assessment/overall-risk.ts";
import { compareProcedure, type ProcedureComparison } from "#review/assessment/procedure-comparison.ts";
import { ReviewSide, type Sides } from "#review/assessment/review-side.ts";
import { Turns } from "#review/assessment/turns.ts";
import type { ReviewOptions } from "#review/review.ts";
import type { ReviewProblem } from "#review/review-problem.ts";
import { compareTrees, type FileDifference } from "#review/trees/compare-trees.ts";
import {
  type ChangedFile,
  type ComparableTexts,
  mostCompared,
  withRenames,
} from "#review/trees/find-renames.ts";
import { readSource } from "#review/trees/read-source.ts";
import type { SourceTree } from "#review/trees/source-tree.ts";

/** Files that are longer are told apart by their whole content alone. */
const mostComparedBytes = 256 * 1024;
/** Procedures, sidecars and configs in a change; each of them is understood on both sides. */
const mostUnderstood = 2000;

/** What a change from one tree to another means. It reads both and nothing else, and so runs in a browser as well. */
export async function assessChange(
  base: SourceTree,
  head: SourceTree,
  { evaluator, signal }: ReviewOptions,
): Promise<Result<ReviewReport, ReviewProblem>> {
  const differences = await compareTrees(base, head);
  if (!differences.ok) return differences;
  const changed = await findRenames(base, head, differences.value);
  if (!changed.ok) return changed;
  if (changed.value.filter(({ path }) => fileKindOf(path)).length > mostUnderstood) return fail(tooMany);
  const sides = {
    base: new ReviewSide(base, evaluator, signal),
    head: new ReviewSide(head, evaluator, signal),
  };
  const files = await assessFiles(sides, changed.value, signal);
  if (!files.ok) return files;
  return ok({
    base: base.name,
    head: head.name,
    files: files.value,
    risk: overallRisk(files.value),
    reasons: reasonsOf(files.value),
  });
}

async function assessFiles(
  sides: Sides,
  changed: readonly ChangedFile[],
  signal: AbortSignal,
): Promise<Result<ReviewedFile[], ReviewProblem>> {
  const turns = new Turns();
  const named = await readNamedPaths(sides, changed);
  if (!named.ok) return named;
  const procedures = await affectedProcedures(sides, changed);
  if (!procedures.ok) return procedures;
  const compared: ProcedureComparison[] = [];
  for (const versions of procedures.value) {
    await turns.giveWay();
    if (signal.aborted) return fail(cancelled);
    const comparison = await compareProcedure(sides, versions);
    if (!comparison.ok) return comparison;
    compared.push(comparison.value);
  }
  const files: ReviewedFile[] = [];
  for (const file of changed) {
    await turns.giveWay();
    if (signal.aborted) return fail(cancelled);
    const assessed = await new FileAssessment(sides, file, compared).assess(named.value);
    if (!assessed.ok) return assessed;
    files.push(assessed.value);
  }
  return ok(files);
}

const cancelled: ReviewProblem = { code: "cancelled", message: "The review was cancelled." };

const tooMany: ReviewProblem = {
  code: "tree-too-large",
  message: `The change has more than ${mostUnderstood.toLocaleString("en")} procedures, sidecars and configs.`,
  remedy: "Review the change in parts: a shorter range of commits at a time.",
};

async function findRenames(
  base: SourceTree,
  head: SourceTree,
  differences: readonly FileDifference[],
): Promise<Result<readonly ChangedFile[], ReviewProblem>> {
  const [before, after] = [new Map<string, string>(), new Map<string, string>()];
  const texts: ComparableTexts = { before, after };
  for (const file of differences) {
    const known = file.before ? before : after;
    if ((file.before && file.after) || !fileKindOf(file.path) || known.size >= mostCompared) continue;
    const text = await readSource(file.before ? base : head, file.path, mostComparedBytes);
    if (!text.ok) return text;
    if (text.value !== undefined) known.set(file.path, text.value);
  }
  return ok(withRenames(differences, texts));
}

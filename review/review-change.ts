import { fail, ok, type Result } from "#common/result.ts";
import { assessChange } from "#review/assessment/assess-change.ts";
import { openGitTree } from "#review/git/git-tree.ts";
import { ObjectDatabase } from "#review/git/object-database.ts";
import type { ChangeSource, Review, ReviewOptions } from "#review/review.ts";
import type { ReviewProblem } from "#review/review-problem.ts";
import { applyToTree } from "#review/trees/apply-patch.ts";
import type { SourceTree } from "#review/trees/source-tree.ts";

/** Reads both sides of a change and tells what it means. Nothing of it is written to disk, nothing of it is run. */
export async function reviewChange(
  source: ChangeSource,
  options: ReviewOptions,
): Promise<Result<Review, ReviewProblem>> {
  const objects = await ObjectDatabase.open(source.repository, options.signal);
  if (!objects.ok) return objects;
  const review = await reviewObjects(objects.value, source, options);
  if (!review.ok) await objects.value.dispose();
  return review;
}

async function reviewObjects(
  objects: ObjectDatabase,
  source: ChangeSource,
  options: ReviewOptions,
): Promise<Result<Review, ReviewProblem>> {
  const sides =
    source.kind === "patch" ? await patchSides(objects, source) : await commitSides(objects, source);
  if (!sides.ok) return sides;
  const { base, head } = sides.value;
  const report = await assessChange(base, head, options);
  if (!report.ok) return report;
  if (options.signal.aborted) return fail({ code: "cancelled", message: "The review was cancelled." });
  return ok({ report: report.value, base, head, dispose: () => objects.dispose() });
}

type Trees = Pick<Review, "base" | "head">;

/** From where the two histories part: what the base did since is no part of the change. */
async function commitSides(
  objects: ObjectDatabase,
  { base, head }: { readonly base: string; readonly head: string },
): Promise<Result<Trees, ReviewProblem>> {
  const [from, to] = [await objects.commit(base), await objects.commit(head)];
  if (!from.ok) return from;
  if (!to.ok) return to;
  const start = (await objects.mergeBase(from.value, to.value)) ?? from.value;
  const [before, after] = [await openGitTree(objects, start), await openGitTree(objects, to.value)];
  if (!before.ok) return before;
  return after.ok ? ok({ base: before.value, head: after.value }) : after;
}

async function patchSides(
  objects: ObjectDatabase,
  { base, patch }: { readonly base: string; readonly patch: string },
): Promise<Result<Trees, ReviewProblem>> {
  const commit = await objects.commit(base);
  if (!commit.ok) return commit;
  const before = await openGitTree(objects, commit.value);
  if (!before.ok) return before;
  const after: Result<SourceTree, ReviewProblem> = await applyToTree(before.value, patch);
  return after.ok ? ok({ base: before.value, head: after.value }) : after;
}

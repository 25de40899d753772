import { fail, ok, type Result } from "#common/result.ts";
import { assessChange } from "#review/assessment/assess-change.ts";
import type { Review, ReviewOptions } from "#review/review.ts";
import type { ReviewProblem } from "#review/review-problem.ts";
import { applyToTree } from "#review/trees/apply-patch.ts";
import type { SourceTree } from "#review/trees/source-tree.ts";

/** Reviews what a patch makes of any tree, in memory: where there is no git and no machine, as in a browser. */
export async function reviewPatch(
  base: SourceTree,
  patch: string,
  options: ReviewOptions,
): Promise<Result<Review, ReviewProblem>> {
  const head = await applyToTree(base, patch);
  if (!head.ok) return head;
  const report = await assessChange(base, head.value, options);
  if (!report.ok) return report;
  if (options.signal.aborted) return fail({ code: "cancelled", message: "The review was cancelled." });
  return ok({ report: report.value, base, head: head.value, dispose: () => undefined });
}

import path from "node:path";
import { createNodeEvaluator } from "#language-server/declaration-worker/node-evaluator.ts";
import { type ExitCode, exitCodes } from "#protocol/exit-codes.ts";
import type { ChangeSource, Review } from "#review/review.ts";
import { reviewChange } from "#review/review-change.ts";
import type { ReviewProblem } from "#review/review-problem.ts";
import { readTextFile } from "#runs/session/source-files.ts";
import { declarationWorker } from "../declaration-worker.ts";
import { printProblem } from "../output/problem-text.ts";
import { reviewLines } from "../output/review-lines.ts";
import { reviewSarif } from "../output/sarif.ts";
import { print, printJson } from "../output/terminal.ts";
import { reportTemplate } from "../report-template.ts";
import { untilInterrupted } from "../until-interrupted.ts";
import { UsageError } from "../usage-error.ts";

export interface ReviewOptions {
  /** A file with a patch; the range is then the commit that it was made from. */
  readonly patch?: string;
  readonly json?: true;
  readonly sarif?: true;
  /** Folder for the review as a page. */
  readonly html?: string;
}

/** Longest patch in bytes. */
const mostPatchBytes = 32 * 1024 * 1024;

/** `review BASE..HEAD`: what a change does to the trust. Exit code 1 when its risk is high. */
export async function review(range: string, options: ReviewOptions): Promise<ExitCode> {
  const source = await sourceOf(range, options);
  return await untilInterrupted(async (signal) => {
    const evaluator = createNodeEvaluator({ worker: declarationWorker });
    try {
      const reviewed = await reviewChange(source, { signal, evaluator });
      if (!reviewed.ok) return refuse(reviewed.error);
      try {
        if (options.html === undefined) printReview(reviewed.value, options);
        else await writeReviewReport(reviewed.value, options.html);
      } finally {
        await reviewed.value.dispose();
      }
      return reviewed.value.report.risk === "high" ? exitCodes.failed : exitCodes.done;
    } finally {
      evaluator.dispose();
    }
  });
}

/** Loaded only where a page is asked for. */
async function writeReviewReport(reviewed: Review, folder: string): Promise<void> {
  const [{ readReviewPage }, { writeReport }] = await Promise.all([
    import("#report/review-page.ts"),
    import("#report/write-report.ts"),
  ]);
  const page = await readReviewPage(reviewed);
  if (!page.ok) throw new UsageError(page.error.message);
  const file = path.resolve(folder, "index.html");
  const written = await writeReport(page.value, { template: reportTemplate, file });
  if (!written.ok) throw new UsageError(written.error);
  print(path.relative(process.cwd(), file));
}

function printReview({ report }: Review, { json, sarif }: ReviewOptions): void {
  if (json) printJson(report);
  else if (sarif) printJson(reviewSarif(report));
  else print(reviewLines(report).join("\n"));
}

/** `BASE..HEAD`, or with three dots; one name alone is a branch beside the checked-out commit. */
async function sourceOf(range: string, { patch }: ReviewOptions): Promise<ChangeSource> {
  const repository = process.cwd();
  if (patch !== undefined) return { kind: "patch", repository, base: range, patch: await patchText(patch) };
  const [base = "", head, more] = range.split(/\.{2,3}/);
  if (more !== undefined)
    throw new UsageError(`${range} is no range of commits. It looks like main..my-branch.`);
  if (head === undefined) return { kind: "commits", repository, base: "HEAD", head: base };
  return { kind: "commits", repository, base: base || "HEAD", head: head || "HEAD" };
}

async function patchText(file: string): Promise<string> {
  const read = await readTextFile(path.resolve(file), { maximumBytes: mostPatchBytes, followLinks: true });
  if (read.ok) return read.value;
  throw new UsageError(read.error.message);
}

function refuse({ code, message, remedy }: ReviewProblem): ExitCode {
  printProblem(remedy === undefined ? message : `${message}\n${remedy}`);
  return code === "cancelled" ? exitCodes.cancelled : exitCodes.usage;
}

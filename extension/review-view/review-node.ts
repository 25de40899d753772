import type { Meaning, ReviewedFile, ReviewReport, ReviewRisk } from "#protocol/reports/review-report.ts";
import type { TrialOutcome } from "./trial-outcome.ts";

/** The groups of a review, in the order in which they are shown. */
export type ReviewGroup = "trusted" | "meaning" | "problems" | "other" | "trials";

/** A finding of head that base has not. */
type NewFinding = ReviewedFile["diagnostics"][number];

/** One row of a review as facts; how it looks is `review-row.ts`. */
export type ReviewNode =
  | { readonly kind: "summary"; readonly report: ReviewReport }
  | { readonly kind: "reason"; readonly index: number; readonly text: string }
  | { readonly kind: "group"; readonly group: ReviewGroup; readonly count: number }
  | FileNode
  | {
      readonly kind: "meaning";
      readonly file: ReviewedFile;
      readonly index: number;
      readonly meaning: Meaning;
    }
  | {
      readonly kind: "finding";
      readonly file: ReviewedFile;
      readonly index: number;
      readonly finding: NewFinding;
    }
  | { readonly kind: "trial"; readonly trial: TrialOutcome }
  | { readonly kind: "tried"; readonly trial: TrialOutcome; readonly index: number };

/** A changed file; the same file may stand in several groups. */
interface FileNode {
  readonly kind: "file";
  readonly group: ReviewGroup;
  readonly file: ReviewedFile;
}

/** What a review shows. */
export interface ShownReview {
  readonly report: ReviewReport;
  readonly trials: readonly TrialOutcome[];
}

/** The rows below a row, or at the top. */
export function rowsBelow({ report, trials }: ShownReview, node?: ReviewNode): readonly ReviewNode[] {
  if (!node) return topRows(report, trials);
  switch (node.kind) {
    case "summary":
      return report.reasons.map((text, index) => ({ kind: "reason", index, text }));
    case "group":
      return node.group === "trials"
        ? trials.map((trial) => ({ kind: "trial", trial }))
        : filesOf(report, node.group).map((file) => ({ kind: "file", group: node.group, file }));
    case "file":
      return rowsOfFile(node);
    case "trial":
      return node.trial.report.tried.map((_, index) => ({ kind: "tried", trial: node.trial, index }));
    default:
      return [];
  }
}

function topRows(report: ReviewReport, trials: readonly TrialOutcome[]): readonly ReviewNode[] {
  const groups = (["trusted", "meaning", "problems", "other"] as const).map((group) => ({
    kind: "group" as const,
    group,
    count: filesOf(report, group).length,
  }));
  const shown = groups.filter(({ count }) => count > 0);
  const ofTrials = { kind: "group" as const, group: "trials" as const, count: trials.length };
  return [{ kind: "summary", report }, ...shown, ...(trials.length > 0 ? [ofTrials] : [])];
}

/** Each file stands in one of the first two groups or in the last, and once more where it has new problems. */
function filesOf({ files }: ReviewReport, group: ReviewGroup): readonly ReviewedFile[] {
  if (group === "problems") return files.filter(({ diagnostics }) => diagnostics.length > 0);
  return files.filter((file) => groupOf(file) === group).toSorted(byRisk);
}

function groupOf(file: ReviewedFile): ReviewGroup {
  if (file.trusted) return "trusted";
  return file.kind === "procedure" || file.meanings.length > 0 ? "meaning" : "other";
}

function rowsOfFile({ group, file }: FileNode): readonly ReviewNode[] {
  if (group === "problems") {
    return file.diagnostics.map((finding, index) => ({ kind: "finding", file, index, finding }));
  }
  return file.meanings.map((meaning, index) => ({ kind: "meaning", file, index, meaning }));
}

const ranks: Readonly<Record<ReviewRisk, number>> = { none: 0, low: 1, high: 2 };

/** The highest risk of what a file's change means. */
export function riskOf({ meanings }: ReviewedFile): ReviewRisk {
  return meanings.reduce<ReviewRisk>((most, { risk }) => (ranks[risk] > ranks[most] ? risk : most), "none");
}

function byRisk(one: ReviewedFile, other: ReviewedFile): number {
  return ranks[riskOf(other)] - ranks[riskOf(one)] || (one.file < other.file ? -1 : 1);
}

/** The row that another one stands below. */
export function parentOf(shown: ShownReview, node: ReviewNode): ReviewNode | undefined {
  if (node.kind === "reason") return { kind: "summary", report: shown.report };
  if (node.kind === "meaning") return { kind: "file", group: groupOf(node.file), file: node.file };
  if (node.kind === "finding") return { kind: "file", group: "problems", file: node.file };
  if (node.kind === "tried") return { kind: "trial", trial: node.trial };
  const group = node.kind === "file" ? node.group : node.kind === "trial" ? "trials" : undefined;
  return topRows(shown.report, shown.trials).find((row) => row.kind === "group" && row.group === group);
}

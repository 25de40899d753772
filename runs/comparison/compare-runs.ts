import { diffArrays } from "diff";
import { isSameJson } from "#common/json.ts";
import type {
  ComparedStep,
  ComparisonReport,
  RunFigures,
  TraceStep,
} from "#protocol/reports/comparison-report.ts";
import type { RunTrace } from "#runs/comparison/run-trace.ts";

/**
 * Lays what two runs did side by side: steps of one kind and name in the same order belong together, and each pair says
 * in what it differs. How long something took is no difference.
 */
export function compareRuns(base: RunTrace, head: RunTrace): ComparisonReport {
  return {
    base: base.figures,
    head: head.figures,
    differs: (["input", "status", "result", "error"] as const).filter(
      (part) => !isSamePart(base.figures, head.figures, part),
    ),
    steps: alignedSteps(base.steps, head.steps),
  };
}

/** Two traces that differ in more steps than this have too little in common to be laid side by side. */
const mostDifferences = 1000;

function alignedSteps(base: readonly TraceStep[], head: readonly TraceStep[]): ComparedStep[] {
  const options = { comparator: isSameDeed, maxEditLength: mostDifferences };
  const parts = diffArrays([...base], [...head], options) ?? [
    { removed: true, added: false, count: base.length },
    { removed: false, added: true, count: head.length },
  ];
  const rows: ComparedStep[] = [];
  let [inBase, inHead] = [0, 0];
  for (const { added, removed, count } of parts) {
    for (let step = 0; step < count; step++) {
      const one = added ? undefined : base[inBase++];
      const other = removed ? undefined : head[inHead++];
      rows.push(comparedStep(one, other));
    }
  }
  return rows;
}

function isSameDeed(one: TraceStep, other: TraceStep): boolean {
  return one.kind === other.kind && one.name === other.name;
}

function comparedStep(base: TraceStep | undefined, head: TraceStep | undefined): ComparedStep {
  if (!base || !head) return { ...(base && { base }), ...(head && { head }), differs: ["presence"] };
  const differs = (["given", "outcome"] as const).filter((part) => !isSameJson(base[part], head[part]));
  return { base, head, differs };
}

function isSamePart(one: RunFigures, other: RunFigures, part: ComparisonReport["differs"][number]): boolean {
  return isSameJson(one[part], other[part]);
}

import type * as vscode from "vscode";
import { markProblem } from "../screen/test-rows.ts";
import type { ScenarioOutcome } from "./scenario-outcome.ts";

/** Marks a scenario's row, and the line of the step that failed. */
export function showOutcome(run: vscode.TestRun, item: vscode.TestItem, outcome: ScenarioOutcome): void {
  const { durationMs } = outcome;
  if (outcome.status === "failed") markProblem(run, item, "failed", { ...outcome.problem, durationMs });
  else if (outcome.status === "passed") run.passed(item, durationMs);
  else run.skipped(item);
}

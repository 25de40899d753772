import * as vscode from "vscode";
import type { ScenarioOutcome } from "./scenario-outcome.ts";

/** Marks a scenario's row, and the line of the step that failed. */
export function showOutcome(run: vscode.TestRun, item: vscode.TestItem, outcome: ScenarioOutcome): void {
  const { durationMs } = outcome;
  if (outcome.status === "failed") {
    const { text, line } = outcome.problem;
    run.failed(item, messageAt(text, item.uri, line), durationMs);
  } else if (outcome.status === "passed") run.passed(item, durationMs);
  else run.skipped(item);
}

/** A plain text, shown at a line (from 1) when there is one. */
export function messageAt(
  text: string,
  uri: vscode.Uri | undefined,
  line: number | undefined,
): vscode.TestMessage {
  const message = new vscode.TestMessage(text);
  if (uri && line !== undefined) message.location = new vscode.Location(uri, lineRange(line));
  return message;
}

/** The beginning of a line, from 1. */
export function lineRange(line: number): vscode.Range {
  return new vscode.Range(line - 1, 0, line - 1, 0);
}

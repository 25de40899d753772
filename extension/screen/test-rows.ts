import * as vscode from "vscode";
import { bounded } from "#common/visible-text.ts";
import { plainLabel } from "./plain-label.ts";

/** Characters of a message at a failed line. */
const longestMessage = 4000;

/** The controller of the test view, with words of ours. */
export function createTestView(id: string, words: string): vscode.TestController {
  return vscode.tests.createTestController(id, words);
}

/** A row of the test view; VS Code reads icons in its label. */
export function testRow(
  controller: vscode.TestController,
  { id, label, uri }: { readonly id: string; readonly label: string; readonly uri: vscode.Uri | undefined },
): vscode.TestItem {
  return controller.createTestItem(id, plainLabel(label), uri);
}

/** Why a row did not pass, and where. */
export interface TestProblem {
  readonly text: string;
  /** From 1. */
  readonly line: number | undefined;
  readonly durationMs?: number;
}

/** A row that did not pass: `failed` when what was tested is wrong, `errored` when it could not be tested. */
export function markProblem(
  run: vscode.TestRun,
  item: vscode.TestItem,
  kind: "failed" | "errored",
  { text, line, durationMs }: TestProblem,
): void {
  const message = new vscode.TestMessage(bounded(text, longestMessage));
  if (item.uri && line !== undefined) message.location = new vscode.Location(item.uri, lineRange(line));
  if (kind === "failed") run.failed(item, message, durationMs);
  else run.errored(item, message, durationMs);
}

/** The beginning of a line, from 1. */
export function lineRange(line: number): vscode.Range {
  return new vscode.Range(line - 1, 0, line - 1, 0);
}

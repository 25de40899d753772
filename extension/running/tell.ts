import * as vscode from "vscode";
import type { RunEventOf } from "#protocol/events/events.ts";
import type { RunRequest, StartProblem } from "#runs/session/session.ts";
import { fileInside } from "../runs-view/file-inside.ts";
import { showPlace } from "../runs-view/show-place.ts";
import { notice } from "../screen/notices.ts";
import type { StartedRun } from "./run-session.ts";
import { type Offer, problemMessage } from "./start-problem.ts";

/** Tells why a run was not started. `embedded` when the person asks for the weaker isolation, for this once. */
export async function tellProblem(
  problem: StartProblem,
  workspaceRoot: string,
  isTrial = false,
): Promise<"embedded" | undefined> {
  const { text, offers } = problemMessage(problem, vscode.workspace.isTrusted && !isTrial);
  const chosen = await notice.error<Offer>(text, ...offers);
  if (chosen === "Show What Is Missing") await vscode.commands.executeCommand("tactus.showDoctor");
  if (chosen === "Open Settings")
    await vscode.commands.executeCommand("workbench.action.openSettings", "tactus.");
  if (chosen === "Go to Line") await goTo(workspaceRoot, problem);
  return chosen === "Run Once with Embedded Isolation" ? "embedded" : undefined;
}

/**
 * Tells that a run failed, with the way to its line; where it went without what its folder asks for, that may be why.
 * A run that ended in order or was cancelled is told by its row.
 */
export async function tellEnd(
  end: RunEventOf<"run.finished">,
  { workspaceRoot, file, trial }: RunRequest,
  ungranted: StartedRun["ungranted"],
): Promise<void> {
  if (end.status !== "failed" && end.status !== "timed_out") return;
  const name = vscode.workspace.asRelativePath(file);
  const text = `${name}: ${end.error?.message ?? end.status}`;
  // The files of a trial are not those of the folder, and nothing can be granted to it.
  const isInside = !trial && end.error && fileInside(workspaceRoot, end.error.file ?? "");
  const place = isInside ? (["Go to Line"] as const) : [];
  const grants = !trial && ungranted.length > 0 ? (["Review Grants"] as const) : [];
  const chosen = await notice.error<"Go to Line" | "Review Grants" | "Show Run">(
    text,
    ...place,
    ...grants,
    "Show Run",
  );
  if (chosen === "Go to Line" && end.error) await goTo(workspaceRoot, end.error);
  if (chosen === "Review Grants")
    await vscode.commands.executeCommand("tactus.reviewGrants", vscode.Uri.file(file));
  if (chosen === "Show Run") await vscode.commands.executeCommand("tactus.runs.focus");
}

async function goTo(
  workspaceRoot: string,
  place: { readonly file?: string | undefined; readonly line?: number | undefined },
): Promise<void> {
  if (place.file) await showPlace(workspaceRoot, { file: place.file, line: place.line ?? 1 });
}

import * as vscode from "vscode";
import { bounded } from "#common/visible-text.ts";
import { plainLabel } from "./plain-label.ts";

/** An answer that comes sooner than this after a question appeared was meant for something else; milliseconds. */
export const soonestAnswer = 500;

/** How much of a text fits into a dialog; all of it belongs into a document that one of the buttons shows. */
const longestDetail = 2000;

/** What a decision is about. */
export interface DecisionTexts {
  /** Who asks, in words that who asks can't choose. */
  readonly title: string;
  readonly detail: string;
}

/** The button that closes a decision without one. */
const later = { title: "Decide Later", isCloseAffordance: true };

/**
 * The only way to a modal question. Enter presses the first button, so `harmless` stands there and grants nothing; a
 * press within half a second of its appearing does not count: the question is asked again. Undefined when it was
 * closed, or the signal ended it.
 */
export async function askDecision<Button extends string>(
  { title, detail }: DecisionTexts,
  { harmless, deciding }: { readonly harmless: Button; readonly deciding: readonly Button[] },
  signal: AbortSignal,
): Promise<Button | undefined> {
  const answers = [harmless, ...deciding];
  const buttons = [...answers.map((answer) => ({ title: answer })), later];
  // A dialog draws it as it is, so nothing of a command is changed for the sake of icons.
  const options = { modal: true, detail: bounded(detail, longestDetail) };
  while (!signal.aborted) {
    const shown = Date.now();
    const pressed = await vscode.window.showWarningMessage(plainLabel(title), options, ...buttons);
    if (Date.now() - shown >= soonestAnswer) return answers.find((answer) => answer === pressed?.title);
  }
  return undefined;
}

/** Says what is wrong with an answer; nothing else can be done meanwhile. */
export async function tellModally(problem: string): Promise<void> {
  await vscode.window.showErrorMessage(plainLabel(problem, 400), { modal: true });
}

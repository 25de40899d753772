import * as vscode from "vscode";
import { plainLabel } from "./plain-label.ts";

/** Characters of a notification; what is longer is in the log or in a document. */
const longestNotice = 600;

type Draw = (text: string, ...buttons: string[]) => Thenable<string | undefined>;

/**
 * The only ways to a notification. VS Code reads links in them, commands included, so a text passes through
 * `plainLabel`; the buttons are words of ours.
 */
export const notice: Readonly<
  Record<
    "error" | "warning" | "information",
    <Button extends string>(text: string, ...buttons: readonly Button[]) => Promise<Button | undefined>
  >
> = {
  error: (text, ...buttons) => show(vscode.window.showErrorMessage, text, buttons),
  warning: (text, ...buttons) => show(vscode.window.showWarningMessage, text, buttons),
  information: (text, ...buttons) => show(vscode.window.showInformationMessage, text, buttons),
};

async function show<Button extends string>(
  draw: Draw,
  text: string,
  buttons: readonly Button[],
): Promise<Button | undefined> {
  const pressed = await draw(plainLabel(text, longestNotice), ...buttons);
  return buttons.find((button) => button === pressed);
}

/** A short word in the status bar about what the person has just done. */
export function passingNotice(text: string): void {
  vscode.window.setStatusBarMessage(plainLabel(text, 80), 5000);
}

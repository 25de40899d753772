import * as vscode from "vscode";
import { notice } from "../screen/notices.ts";

/**
 * Whether the folder is not trusted, which is said to the person: then nothing of it is run, stored or asked. A command
 * that is only hidden can still be called, so each asks here before it does anything.
 */
export function isRefusedInRestrictedMode(): boolean {
  if (vscode.workspace.isTrusted) return false;
  void tellRestrictedMode();
  return true;
}

async function tellRestrictedMode(): Promise<void> {
  const text =
    "This folder is not trusted (Restricted Mode): its procedures can be read and checked, not run.";
  const chosen = await notice.warning(text, "Manage Workspace Trust");
  if (chosen) await vscode.commands.executeCommand("workbench.trust.manage");
}

/** Registers a command that is refused in Restricted Mode. */
export function registerTrustedCommand<Values extends readonly unknown[], Outcome>(
  name: string,
  act: (...values: Values) => Outcome,
): vscode.Disposable {
  return vscode.commands.registerCommand(name, (...values: Values) =>
    isRefusedInRestrictedMode() ? undefined : act(...values),
  );
}

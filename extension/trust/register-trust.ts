import * as vscode from "vscode";
import { targetOf } from "../running/procedure-file.ts";
import type { RunController } from "../running/run-controller.ts";
import { manageGrants } from "./manage-grants.ts";
import { procedureOf } from "./procedure-of.ts";
import { registerTrustedCommand } from "./restricted-mode.ts";

/** Registers the commands about grants. Taking back is always possible. */
export function registerTrust(controller: RunController): vscode.Disposable {
  return vscode.Disposable.from(
    registerTrustedCommand("tactus.reviewGrants", (target?: unknown) => {
      const uri = targetOf(target) ?? vscode.window.activeTextEditor?.document.uri;
      return controller.reviewGrants(uri && procedureOf(uri));
    }),
    vscode.commands.registerCommand("tactus.manageGrants", manageGrants),
  );
}

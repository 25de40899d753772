import * as vscode from "vscode";
import { targetOf } from "../running/procedure-file.ts";
import type { RunController } from "../running/run-controller.ts";
import { manageGrants } from "./manage-grants.ts";
import { registerTrustedCommand } from "./restricted-mode.ts";

/** Registers the commands about grants. Taking back is always possible. */
export function registerTrust(controller: RunController): vscode.Disposable {
  return vscode.Disposable.from(
    registerTrustedCommand("tactus.reviewGrants", (target?: unknown) =>
      controller.reviewGrants(procedureOf(targetOf(target) ?? vscode.window.activeTextEditor?.document.uri)),
    ),
    vscode.commands.registerCommand("tactus.manageGrants", manageGrants),
  );
}

/** A sidecar stands for its procedure. */
function procedureOf(uri: vscode.Uri | undefined): vscode.Uri | undefined {
  return uri?.path.endsWith(".tac.yml") ? uri.with({ path: uri.path.slice(0, -".yml".length) }) : uri;
}

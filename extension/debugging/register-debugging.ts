import * as vscode from "vscode";
import type { RunNode } from "#runs/tree/run-node.ts";
import { savedProcedure, targetOf } from "../running/procedure-file.ts";
import type { RunController } from "../running/run-controller.ts";
import type { RunCollection } from "../runs-view/run-collection.ts";
import { registerInlineDebugger, startDebugSession } from "../screen/debug-sessions.ts";
import { registerTrustedCommand } from "../trust/restricted-mode.ts";
import { editorDebugHost } from "./editor-debug-host.ts";
import { configurationFor, configurationFrom, LaunchConfigurations } from "./launch-configuration.ts";

/** Registers the debugger `tactus`: the adapter lives in this process, what it debugs in the sandbox. */
export function registerDebugging(controller: RunController, runs: RunCollection): vscode.Disposable {
  return vscode.Disposable.from(
    registerInlineDebugger({
      type: "tactus",
      configurations: new LaunchConfigurations((document, procedure) =>
        controller.askInputs(document, procedure),
      ),
      createAdapter: async () => {
        const { DebugAdapter } = await import("#debug-adapter/adapter.ts");
        return new DebugAdapter(editorDebugHost(controller));
      },
    }),
    registerTrustedCommand("tactus.debug", async (target?: unknown, procedure?: unknown) => {
      const document = await savedProcedure(targetOf(target));
      if (!document) return false;
      // Menus pass a second argument of their own; a caller that means one procedure passes its name.
      const name = typeof procedure === "string" ? procedure : undefined;
      return startDebugSession(document.uri, configurationFor(document.uri, name));
    }),
    registerTrustedCommand("tactus.debugFrom", (node?: RunNode) => {
      const run = node && runs.runOf(node);
      if (!run) return false;
      const { workspaceRoot, tree } = run;
      const checkpoint = node.content.kind === "checkpoint" ? node.content.event.index : undefined;
      const configuration = configurationFrom(workspaceRoot, tree.root.id, checkpoint);
      return startDebugSession(vscode.Uri.file(workspaceRoot), configuration);
    }),
  );
}

import * as vscode from "vscode";
import type { RunNode } from "#runs/tree/run-node.ts";
import { savedProcedure, targetOf } from "../running/procedure-file.ts";
import type { RunController } from "../running/run-controller.ts";
import type { RunCollection } from "../runs-view/run-collection.ts";
import { registerTrustedCommand } from "../trust/restricted-mode.ts";
import { editorDebugHost } from "./editor-debug-host.ts";
import { configurationFor, configurationFrom, LaunchConfigurations } from "./launch-configuration.ts";

/** Registers the debugger `tactus`: the adapter lives in this process, what it debugs in the sandbox. */
export function registerDebugging(controller: RunController, runs: RunCollection): vscode.Disposable {
  const configurations = new LaunchConfigurations((document, procedure) =>
    controller.askInputs(document, procedure),
  );
  const { Dynamic } = vscode.DebugConfigurationProviderTriggerKind;
  return vscode.Disposable.from(
    vscode.debug.registerDebugConfigurationProvider("tactus", configurations, Dynamic),
    vscode.debug.registerDebugAdapterDescriptorFactory("tactus", {
      async createDebugAdapterDescriptor() {
        const { DebugAdapter } = await import("#debug-adapter/adapter.ts");
        return new vscode.DebugAdapterInlineImplementation(new DebugAdapter(editorDebugHost(controller)));
      },
    }),
    registerTrustedCommand("tactus.debug", async (target?: unknown, procedure?: unknown) => {
      const document = await savedProcedure(targetOf(target));
      if (!document) return false;
      // Menus pass a second argument of their own; the lens above a procedure passes its name.
      const name = typeof procedure === "string" ? procedure : undefined;
      return start(document.uri, configurationFor(document.uri, name));
    }),
    registerTrustedCommand("tactus.debugFrom", (node?: RunNode) => {
      const run = node && runs.runOf(node);
      if (!run) return false;
      const { workspaceRoot, tree } = run;
      const checkpoint = node.content.kind === "checkpoint" ? node.content.event.index : undefined;
      return start(
        vscode.Uri.file(workspaceRoot),
        configurationFrom(workspaceRoot, tree.root.id, checkpoint),
      );
    }),
  );
}

function start(place: vscode.Uri, configuration: vscode.DebugConfiguration): Thenable<boolean> {
  return vscode.debug.startDebugging(vscode.workspace.getWorkspaceFolder(place), configuration);
}

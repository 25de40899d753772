import * as vscode from "vscode";
import { plainLabel } from "./plain-label.ts";

/** What a debugger of this process needs: configurations to complete, and an adapter for each session. */
export interface InlineDebugger {
  readonly type: string;
  readonly configurations: vscode.DebugConfigurationProvider;
  /** Everything that it says was made plain by itself (debug-adapter/plain-message.ts). */
  createAdapter(): Promise<vscode.DebugAdapter>;
}

/** Registers a debugger that lives in this process. */
export function registerInlineDebugger({
  type,
  configurations,
  createAdapter,
}: InlineDebugger): vscode.Disposable {
  const { Dynamic } = vscode.DebugConfigurationProviderTriggerKind;
  return vscode.Disposable.from(
    vscode.debug.registerDebugConfigurationProvider(type, configurations, Dynamic),
    vscode.debug.registerDebugAdapterDescriptorFactory(type, {
      createDebugAdapterDescriptor: async () =>
        new vscode.DebugAdapterInlineImplementation(await createAdapter()),
    }),
  );
}

/** Starts a session; its name, which may be that of a file, is drawn in several places. */
export function startDebugSession(
  place: vscode.Uri,
  configuration: vscode.DebugConfiguration,
): Thenable<boolean> {
  const named = { ...configuration, name: plainLabel(configuration.name) };
  return vscode.debug.startDebugging(vscode.workspace.getWorkspaceFolder(place), named);
}

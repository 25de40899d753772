import path from "node:path";
import * as vscode from "vscode";
import type { SandboxSetup } from "#runs/session/isolations.ts";
import { readSettings } from "../settings/settings.ts";
import { findNode } from "./node-binary.ts";

/** What the sandbox must know of this installation. All of it comes from the machine, never from the workspace. */
export async function sandboxSetup(extensionFolder: string): Promise<SandboxSetup> {
  const { nodePath, dockerHost } = readSettings();
  const searchPath = process.env["PATH"] ?? "";
  return {
    runtimeFolder: path.join(extensionFolder, "dist", "runtime"),
    nodePath: await findNode({
      setting: nodePath,
      extensionFolder,
      searchPath,
      workspaceFolders: openFolders(),
    }),
    dockerHost: dockerHost || undefined,
  };
}

function openFolders(): string[] {
  return (vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri.fsPath);
}

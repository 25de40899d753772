import { execFile } from "node:child_process";
import path from "node:path";
import * as vscode from "vscode";
import { visibleText } from "../screen/plain-text.ts";
import { readSettings } from "../settings/settings.ts";
import { findNode } from "./node-binary.ts";

/** Milliseconds that the doctor may take. */
const longest = 60_000;

/** Shows what `tactus-studio sandbox doctor` says about this machine, as a plain document. */
export async function showDoctor(extensionFolder: string): Promise<void> {
  const text = await vscode.window.withProgress(
    {
      location: vscode.ProgressLocation.Notification,
      title: "Looking at what isolation this machine can give …",
    },
    () => doctorText(extensionFolder),
  );
  const document = await vscode.workspace.openTextDocument({
    language: "plaintext",
    content: visibleText(text),
  });
  await vscode.window.showTextDocument(document, { preview: true });
}

async function doctorText(extensionFolder: string): Promise<string> {
  const { nodePath, dockerHost } = readSettings();
  const searchPath = process.env["PATH"] ?? "";
  const node = await findNode({ setting: nodePath, extensionFolder, searchPath });
  if (!node)
    return "No Node.js was found for the sandbox. Set `tactus.nodePath` to the path of one (26 or newer).";
  const program = path.join(extensionFolder, "dist", "cli", "main.mjs");
  const environment = { ...process.env, NO_COLOR: "1", ...(dockerHost && { DOCKER_HOST: dockerHost }) };
  return new Promise((resolve) => {
    execFile(
      node,
      [program, "sandbox", "doctor"],
      { cwd: extensionFolder, env: environment, timeout: longest },
      (error, stdout, stderr) => resolve(stdout || stderr || error?.message || "The doctor said nothing."),
    );
  });
}

import path from "node:path";
import * as vscode from "vscode";
import type { LaunchArguments } from "#debug-adapter/launch-arguments.ts";
import { savedProcedure } from "../running/procedure-file.ts";
import { notice } from "../screen/notices.ts";

/** A launch of the type `tactus`, as `launch.json` and commands write it. */
export type TactusConfiguration = vscode.DebugConfiguration & LaunchArguments;

/** The configuration that debugs a file, or one procedure of it. */
export function configurationFor(file: vscode.Uri, procedure?: string): TactusConfiguration {
  return {
    type: "tactus",
    request: "launch",
    name: `Debug ${vscode.workspace.asRelativePath(file)}`,
    program: file.fsPath,
    ...(procedure !== undefined && { procedure }),
  };
}

/** The configuration that opens a run of the past, at a checkpoint or at its last. */
export function configurationFrom(
  workspaceRoot: string,
  run: string,
  checkpoint?: number,
): TactusConfiguration {
  return {
    type: "tactus",
    request: "launch",
    name: `Debug from ${run}`,
    cwd: workspaceRoot,
    run,
    ...(checkpoint !== undefined && { checkpoint }),
  };
}

/** Asks for the inputs of a procedure; undefined when the person closed the question. */
export type AskInputs = (
  document: vscode.TextDocument,
  procedure: string | undefined,
) => Promise<LaunchArguments["input"] | undefined>;

/**
 * Completes what a person starts: F5 without a `launch.json` debugs the file in front of them, and inputs that a
 * configuration does not give are asked for.
 */
export class LaunchConfigurations implements vscode.DebugConfigurationProvider {
  readonly #askInputs: AskInputs;

  constructor(askInputs: AskInputs) {
    this.#askInputs = askInputs;
  }

  /** What the drop-down of the debug view offers without a `launch.json`. */
  provideDebugConfigurations(): vscode.DebugConfiguration[] {
    return [
      {
        type: "tactus",
        request: "launch",
        name: "Debug This Procedure in the Sandbox",
        // biome-ignore lint/suspicious/noTemplateCurlyInString: VS Code fills it in
        program: "${file}",
      },
    ];
  }

  resolveDebugConfiguration(
    _folder: vscode.WorkspaceFolder | undefined,
    given: vscode.DebugConfiguration,
  ): vscode.DebugConfiguration | undefined {
    if (given.type || given.request || given.name) return given;
    const document = vscode.window.activeTextEditor?.document;
    if (document?.languageId === "tactus" && document.uri.scheme === "file")
      return configurationFor(document.uri);
    void notice.information("Open a .tac file, then debug it.");
    return undefined;
  }

  async resolveDebugConfigurationWithSubstitutedVariables(
    folder: vscode.WorkspaceFolder | undefined,
    given: vscode.DebugConfiguration,
  ): Promise<vscode.DebugConfiguration | undefined> {
    const launch = given as TactusConfiguration;
    if (isElsewhere(launch)) {
      void notice.error(
        "This launch configuration names a workspace that is not open here: nothing was started.",
      );
      return undefined;
    }
    if (launch.program === undefined) return withFolder(given, folder);
    const document = await openProgram(launch.program, folder);
    if (!document) return undefined;
    const input = launch.input ?? (await this.#askInputs(document, launch.procedure));
    return (
      input && withFolder({ ...given, program: document.uri.fsPath, input }, folderOf(document.uri) ?? folder)
    );
  }
}

/**
 * A `launch.json` comes with its folder. Which folder a run may work on is not for it to say: only those that are open, or
 * the program's own.
 */
function isElsewhere({ cwd, program }: TactusConfiguration): boolean {
  if (cwd === undefined || cwd === path.dirname(program ?? "")) return false;
  const folders = vscode.workspace.workspaceFolders ?? [];
  return folders.length > 0 && !folderOf(vscode.Uri.file(path.resolve(cwd)));
}

function folderOf(uri: vscode.Uri): vscode.WorkspaceFolder | undefined {
  return vscode.workspace.getWorkspaceFolder(uri);
}

/** Paths and the journal of the run count from the workspace folder. */
function withFolder(
  given: vscode.DebugConfiguration,
  folder: vscode.WorkspaceFolder | undefined,
): vscode.DebugConfiguration {
  return given["cwd"] === undefined && folder ? { ...given, cwd: folder.uri.fsPath } : given;
}

/** The program, saved: what is debugged is what is on the screen. */
async function openProgram(
  program: string,
  folder: vscode.WorkspaceFolder | undefined,
): Promise<vscode.TextDocument | undefined> {
  const uri =
    program.startsWith("/") || !folder ? vscode.Uri.file(program) : vscode.Uri.joinPath(folder.uri, program);
  return savedProcedure(uri);
}

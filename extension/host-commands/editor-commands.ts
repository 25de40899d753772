import * as vscode from "vscode";
import type { Json } from "#common/json.ts";
import type { FrontEndServices } from "#runs/session/broker-services.ts";

/**
 * Executes commands of the editor for host tools. Which ones is decided by the person's own config, where each stands
 * by its id; in a folder that is not trusted none is executed, whatever stands there.
 */
export const editorCommands: NonNullable<FrontEndServices["editor"]> = {
  async execute(command: string, parameters: readonly Json[]): Promise<unknown> {
    if (!vscode.workspace.isTrusted) throw new Error("this folder is not trusted");
    const known = await vscode.commands.getCommands();
    if (!known.includes(command)) throw new Error(`the editor has no command '${command}'`);
    return vscode.commands.executeCommand(command, ...parameters);
  },
};

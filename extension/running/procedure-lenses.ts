import * as vscode from "vscode";
import { readSettings } from "../settings/settings.ts";
import { entryProcedure } from "./entry-procedure.ts";
import type { DescribeProcedures } from "./run-session.ts";

/** “Run in Sandbox” above the procedure that a run starts. */
export class ProcedureLenses implements vscode.CodeLensProvider {
  readonly #describe: DescribeProcedures;

  constructor(describe: DescribeProcedures) {
    this.#describe = describe;
  }

  async provideCodeLenses(document: vscode.TextDocument): Promise<vscode.CodeLens[]> {
    if (!readSettings(document.uri).codeLens) return [];
    const entry = entryProcedure(await this.#describe(document.getText(), document.uri.fsPath));
    if (!entry) return [];
    const place = document.lineAt(Math.min(entry.line, document.lineCount) - 1).range;
    const command = {
      command: "tactus.run",
      title: "$(play) Run in Sandbox",
      tooltip: "Run this procedure in the sandbox",
      arguments: [document.uri],
    };
    return [new vscode.CodeLens(place, command)];
  }
}

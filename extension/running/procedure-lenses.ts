import * as vscode from "vscode";
import { readSettings } from "../settings/settings.ts";
import type { DescribeProcedures } from "./run-session.ts";

/** “Run in Sandbox” above each procedure. */
export class ProcedureLenses implements vscode.CodeLensProvider {
  readonly #describe: DescribeProcedures;

  constructor(describe: DescribeProcedures) {
    this.#describe = describe;
  }

  async provideCodeLenses(document: vscode.TextDocument): Promise<vscode.CodeLens[]> {
    if (!readSettings(document.uri).codeLens) return [];
    const procedures = await this.#describe(document.getText(), document.uri.fsPath);
    return procedures.map(({ name, line }) => {
      const place = document.lineAt(Math.min(line, document.lineCount) - 1).range;
      const command = {
        command: "tactus.run",
        title: "$(play) Run in Sandbox",
        tooltip: "Run this procedure in the sandbox",
        arguments: [document.uri, name],
      };
      return new vscode.CodeLens(place, command);
    });
  }
}

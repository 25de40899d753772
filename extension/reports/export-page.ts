import path from "node:path";
import * as vscode from "vscode";
import type { Result } from "#common/result.ts";
import type { PageData } from "#protocol/page/page-data.ts";
import { notice } from "../screen/notices.ts";
import { chooseFiles } from "../screen/quick-inputs.ts";
import { whileUnderWay } from "../screen/status-items.ts";

export interface PageExport {
  /** Where the extension is installed: the page that the build made is in it. */
  readonly extensionFolder: string;
  /** What the file is called, without its ending. */
  readonly name: string;
  /** Where it is written; absent: the person is asked. */
  readonly folder?: vscode.Uri | undefined;
  /** Gathers the data of the page, or says why it can't. */
  readonly read: () => Promise<Result<PageData, string>>;
}

/** Writes a page for whoever gets it: one file, which needs neither the editor nor a network. */
export async function exportPage({ extensionFolder, name, folder, read }: PageExport): Promise<void> {
  const chosen = folder ?? (await chooseFolder());
  if (!chosen) return;
  const file = path.join(chosen.fsPath, `${name}.html`);
  const written = await whileUnderWay({ words: "Writing the report" }, async () => {
    const page = await read();
    if (!page.ok) return page;
    const { writeReport } = await import("#report/write-report.ts");
    return writeReport(page.value, {
      template: path.join(extensionFolder, "dist", "web", "report.html"),
      file,
    });
  });
  if (!written.ok) return void notice.error(written.error);
  const pressed = await notice.information(`The report is ${file}.`, "Show in Folder");
  if (pressed) await vscode.commands.executeCommand("revealFileInOS", vscode.Uri.file(file));
}

async function chooseFolder(): Promise<vscode.Uri | undefined> {
  const folders = await chooseFiles("Folder for the report", {
    canSelectFiles: false,
    canSelectFolders: true,
    openLabel: "Write Report Here",
  });
  return folders?.[0];
}

import type * as vscode from "vscode";
import { errorText } from "#common/error-text.ts";
import { notice } from "../screen/notices.ts";
import { compose, type Extension } from "./compose.ts";

let extension: Extension | undefined;

/** What the tests of the extension reach. */
export interface ExtensionApi {
  readonly runs: Extension["runs"];
  readonly run: Extension["run"];
  readonly inbox: Extension["inbox"];
  readonly review: Extension["review"];
  readonly manifest: Extension["manifest"];
}

/** Entry of the extension. VS Code is silent when an activation fails, so the failure is told here. */
export async function activate(context: vscode.ExtensionContext): Promise<ExtensionApi> {
  try {
    extension = await compose(context);
    const { runs, run, inbox, manifest, review } = extension;
    return { runs, run, inbox, manifest, review };
  } catch (error) {
    void notice.error(`Tactus could not start: ${errorText(error)}`);
    throw error;
  }
}

/** Ends runs that are under way, then everything else. */
export async function deactivate(): Promise<void> {
  await extension?.dispose();
}

import * as vscode from "vscode";
import { notice } from "../screen/notices.ts";
import { chooseFiles } from "../screen/quick-inputs.ts";

/** A patch that the person chose. */
export interface ChosenPatch {
  readonly title: string;
  readonly text: string;
}

/** The largest patch that is read, in bytes. */
const largestPatch = 32 << 20;

/** The patch in the editor that is open, when there is one: it need not be saved anywhere. */
export function openPatch(): ChosenPatch | undefined {
  const document = vscode.window.activeTextEditor?.document;
  if (document?.languageId !== "diff") return undefined;
  return { title: lastName(document.uri), text: document.getText() };
}

/** Asks for a file with a patch. Undefined when none was chosen, or it is too large, which is told. */
export async function choosePatchFile(): Promise<ChosenPatch | undefined> {
  const filters = { Patches: ["patch", "diff"] };
  const [file] = (await chooseFiles("Review a Patch", { filters })) ?? [];
  if (!file) return undefined;
  if ((await vscode.workspace.fs.stat(file)).size > largestPatch) {
    void notice.error("The patch is larger than 32 MiB: review the change in parts.");
    return undefined;
  }
  const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(file));
  return { title: lastName(file), text };
}

function lastName({ path }: vscode.Uri): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

import * as vscode from "vscode";
import type { Documents } from "./prompts.ts";

/** Scheme of documents that show text from a run: read-only, plain text, never on disk. */
const scheme = "tactus-text";

/** Lines at the top of a document that a prompt of four rows covers. */
const coveredLines = 7;

/** Text that can be read while a prompt stands over the top of its editor. */
function belowPrompt(text: string): string {
  return `${"\n".repeat(coveredLines)}${text}`;
}

/** Shows text of a question as plain documents, two texts as a comparison, and lets one be edited. */
export class TextDocuments implements Documents, vscode.Disposable {
  readonly #texts = new Map<string, string>();
  readonly #used = new vscode.EventEmitter<void>();
  readonly #registrations: vscode.Disposable;
  #count = 0;

  constructor() {
    const provideTextDocumentContent = (uri: vscode.Uri): string => this.#texts.get(uri.path) ?? "";
    this.#registrations = vscode.Disposable.from(
      vscode.workspace.registerTextDocumentContentProvider(scheme, { provideTextDocumentContent }),
      vscode.commands.registerCommand("tactus.useText", () => this.#used.fire()),
      this.#used,
    );
  }

  async show(title: string, text: string): Promise<void> {
    const document = await vscode.workspace.openTextDocument(this.#uri(title, text));
    await vscode.window.showTextDocument(document, { preview: true });
  }

  showBelowPrompt(title: string, text: string): Promise<void> {
    return this.show(title, belowPrompt(text));
  }

  async compare(title: string, before: string, after: string): Promise<void> {
    await vscode.commands.executeCommand(
      "vscode.diff",
      this.#uri("before", belowPrompt(before)),
      this.#uri("after", belowPrompt(after)),
      title,
    );
  }

  /**
   * Lets the person edit a text in an editor of its own, until the button in its title is pressed. Undefined when
   * the editor was closed instead, or nobody waits any more.
   */
  async edit(text: string, signal: AbortSignal): Promise<string | undefined> {
    const document = await vscode.workspace.openTextDocument({ content: text, language: "plaintext" });
    await vscode.window.showTextDocument(document);
    const ended = new vscode.EventEmitter<string | undefined>();
    const parts = vscode.Disposable.from(
      ended,
      this.#used.event(() => ended.fire(document.getText())),
      vscode.workspace.onDidCloseTextDocument((closed) => closed === document && ended.fire(undefined)),
    );
    const stop = (): void => ended.fire(undefined);
    signal.addEventListener("abort", stop, { once: true });
    await vscode.commands.executeCommand("setContext", "tactus.editing", true);
    try {
      const edited = await new Promise<string | undefined>((resolve) => ended.event(resolve));
      if (vscode.window.activeTextEditor?.document === document) {
        await vscode.commands.executeCommand("workbench.action.revertAndCloseActiveEditor");
      }
      return edited;
    } finally {
      signal.removeEventListener("abort", stop);
      parts.dispose();
      await vscode.commands.executeCommand("setContext", "tactus.editing", false);
    }
  }

  dispose(): void {
    this.#registrations.dispose();
    this.#texts.clear();
  }

  /** Titles are of ours; the number keeps texts of one title apart. `.txt` makes it plain text. */
  #uri(title: string, text: string): vscode.Uri {
    this.#count += 1;
    const uri = vscode.Uri.from({ scheme, path: `/${this.#count}/${title.replaceAll("/", " ")}.txt` });
    this.#texts.set(uri.path, text);
    return uri;
  }
}

import * as vscode from "vscode";
import { visibleText } from "#common/visible-text.ts";
import { plainLabel } from "./plain-label.ts";

/** Scheme of documents that show text from a run: read-only, plain text, never on disk. */
const scheme = "tactus-text";

/** Their language, in which the manifest turns links off: an address in foreign text is no invitation of ours. */
const language = "tactus-text";

/** Lines at the top of a document that a prompt of four rows covers. */
const coveredLines = 7;

/** Text that can be read while a prompt stands over the top of its editor. */
function belowPrompt(text: string): string {
  return `${"\n".repeat(coveredLines)}${text}`;
}

/**
 * The only way to a document that is not a file: text as plain text with everything unseen shown, two texts as a
 * comparison, and one to be edited.
 */
export class TextDocuments implements vscode.Disposable {
  readonly #texts = new Map<string, string>();
  readonly #used = new vscode.EventEmitter<void>();
  readonly #registrations: vscode.Disposable;
  /** Texts that stand below a prompt, by their path. */
  readonly #belowPrompts = new Set<string>();
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
    await this.#open(this.#uri(title, text));
  }

  showBelowPrompt(title: string, text: string): Promise<void> {
    return this.#open(this.#uriBelow(title, text));
  }

  async compare(title: string, before: string, after: string): Promise<void> {
    await vscode.commands.executeCommand(
      "vscode.diff",
      this.#uriBelow("before", before),
      this.#uriBelow("after", after),
      title,
    );
  }

  /** Closes what stands below a prompt: the text of one question must not seem to be that of the next. */
  async closeBelowPrompt(): Promise<void> {
    const over = vscode.window.tabGroups.all
      .flatMap(({ tabs }) => tabs)
      .filter(({ input }) => pathsOf(input).some((path) => this.#belowPrompts.has(path)));
    for (const path of this.#belowPrompts) this.#texts.delete(path);
    this.#belowPrompts.clear();
    await vscode.window.tabGroups.close(over, true);
  }

  /** Two texts side by side, for looking at them while nothing is asked. */
  async difference(title: string, before: string, after: string): Promise<void> {
    const [left, right] = [this.#uri("before", before), this.#uri("after", after)];
    await vscode.commands.executeCommand("vscode.diff", left, right, plainLabel(title), {
      preview: true,
    });
  }

  /**
   * Lets the person edit a text in an editor of its own, until the button in its title is pressed. Undefined when
   * the editor was closed instead, or nobody waits any more.
   */
  async edit(text: string, signal: AbortSignal): Promise<string | undefined> {
    const document = await vscode.workspace.openTextDocument({ content: text, language });
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

  async #open(uri: vscode.Uri): Promise<void> {
    const document = await vscode.workspace.openTextDocument(uri);
    const plain = await vscode.languages.setTextDocumentLanguage(document, language);
    await vscode.window.showTextDocument(plain, { preview: true });
  }

  #uriBelow(title: string, text: string): vscode.Uri {
    const uri = this.#uri(title, belowPrompt(text));
    this.#belowPrompts.add(uri.path);
    return uri;
  }

  /** Titles are of ours; the number keeps texts of one title apart. `.txt` makes it plain text. */
  #uri(title: string, text: string): vscode.Uri {
    this.#count += 1;
    const uri = vscode.Uri.from({ scheme, path: `/${this.#count}/${title.replaceAll("/", " ")}.txt` });
    this.#texts.set(uri.path, visibleText(text));
    return uri;
  }
}

/** The paths of our texts in a tab. */
function pathsOf(input: unknown): string[] {
  if (input instanceof vscode.TabInputText) return ofOurs(input.uri);
  return input instanceof vscode.TabInputTextDiff ? ofOurs(input.modified) : [];
}

function ofOurs(uri: vscode.Uri): string[] {
  return uri.scheme === scheme ? [uri.path] : [];
}

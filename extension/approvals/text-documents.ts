import * as vscode from "vscode";

/** Scheme of documents that show text from a run: read-only, plain text, never on disk. */
const scheme = "tactus-text";

/** Shows long text as a plain document beside the question, and two texts as a comparison. */
export class TextDocuments implements vscode.Disposable {
  readonly #texts = new Map<string, string>();
  readonly #registration: vscode.Disposable;
  #count = 0;

  constructor() {
    this.#registration = vscode.workspace.registerTextDocumentContentProvider(scheme, {
      provideTextDocumentContent: (uri) => this.#texts.get(uri.path) ?? "",
    });
  }

  async show(title: string, text: string): Promise<void> {
    const document = await vscode.workspace.openTextDocument(this.#uri(title, text));
    await vscode.window.showTextDocument(document, { preview: true });
  }

  async compare(title: string, before: string, after: string): Promise<void> {
    await vscode.commands.executeCommand(
      "vscode.diff",
      this.#uri("before", before),
      this.#uri("after", after),
      title,
    );
  }

  dispose(): void {
    this.#registration.dispose();
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

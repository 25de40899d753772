import * as monaco from "@codingame/monaco-vscode-editor-api";
import type { PageSources } from "./page-sources.ts";
import { holdModel } from "./services.ts";
import type { Side, SourceView } from "./source-editors.ts";

const options = {
  readOnly: true,
  domReadOnly: true,
  automaticLayout: true,
  minimap: { enabled: false },
  // Nothing can be run from a page, and no address of a stranger is one click away.
  codeLens: false,
  links: false,
  // Nothing stands among the text that is not in it.
  inlayHints: { enabled: "off" },
  renderValidationDecorations: "on",
  renderControlCharacters: true,
  lightbulb: { enabled: monaco.editor.ShowLightbulbIconMode.Off },
  scrollBeyondLastLine: false,
  fixedOverflowWidgets: true,
} as const;

/** One editor for a side of a file and one for both sides; the one that is not needed is hidden. */
export class ReadOnlyEditors {
  readonly #sources: PageSources;
  readonly #onMoved: (path: string, side: Side) => void;
  readonly #single = document.createElement("div");
  readonly #double = document.createElement("div");
  #editor: monaco.editor.IStandaloneCodeEditor | undefined;
  #comparison: monaco.editor.IStandaloneDiffEditor | undefined;

  constructor(container: HTMLElement, sources: PageSources, onMoved: (path: string, side: Side) => void) {
    this.#sources = sources;
    this.#onMoved = onMoved;
    container.append(this.#single, this.#double);
  }

  readonly show = async ({ path, side, line, focus }: SourceView): Promise<void> => {
    const uri = side === "both" ? undefined : this.#sources.address(path, side);
    const editor = uri ? await this.#read(uri) : await this.#compare(path);
    if (!editor) throw new Error(`${path} is not in this report.`);
    if (line !== undefined) this.#reveal(editor, { lineNumber: line, column: 1 });
    if (focus) editor.focus();
  };

  /** Where a definition or a reference leads. */
  readonly goTo = async (
    uri: monaco.Uri,
    selection: monaco.IRange | undefined,
  ): Promise<monaco.editor.IStandaloneCodeEditor | undefined> => {
    const place = this.#sources.whose(uri);
    if (!place) return undefined;
    const editor = await this.#read(uri);
    this.#onMoved(place.path, place.side);
    if (selection)
      this.#reveal(editor, { lineNumber: selection.startLineNumber, column: selection.startColumn });
    editor.focus();
    return editor;
  };

  async #read(uri: monaco.Uri): Promise<monaco.editor.IStandaloneCodeEditor> {
    const model = await holdModel(uri);
    this.#choose(this.#single);
    this.#editor ??= monaco.editor.create(this.#single, options);
    this.#editor.setModel(model);
    this.#editor.updateOptions({ ariaLabel: model.uri.path.slice(1) });
    return this.#editor;
  }

  async #compare(path: string): Promise<monaco.editor.ICodeEditor | undefined> {
    const before = this.#sources.address(path, "before");
    const after = this.#sources.address(path, "after");
    if (!before || !after) return undefined;
    const [original, modified] = await Promise.all([holdModel(before), holdModel(after)]);
    this.#choose(this.#double);
    this.#comparison ??= monaco.editor.createDiffEditor(this.#double, {
      ...options,
      renderSideBySide: true,
      useInlineViewWhenSpaceIsLimited: false,
      originalAriaLabel: "before",
      modifiedAriaLabel: "after",
    });
    this.#comparison.setModel({ original, modified });
    return this.#comparison.getModifiedEditor();
  }

  #choose(shown: HTMLElement): void {
    for (const place of [this.#single, this.#double]) place.hidden = place !== shown;
  }

  #reveal(editor: monaco.editor.ICodeEditor, position: monaco.IPosition): void {
    editor.setPosition(position);
    editor.revealLineInCenter(position.lineNumber);
  }
}

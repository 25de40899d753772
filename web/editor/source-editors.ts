import type { PageFile } from "#protocol/page/page-data.ts";
import type { Theme } from "../page/theme.ts";

/**
 * What the part of the page with Monaco in it gives the rest. It is a script of its own, many times as large as the
 * page, and is started when the first source is to be seen.
 */
export interface SourceEditors {
  /** Shows one side of a file, or both beside each other, at a line. */
  show(view: SourceView): Promise<void>;
  setTheme(theme: Theme): void;
}

export type Side = "before" | "after";

export interface SourceView {
  readonly path: string;
  readonly side: Side | "both";
  /** From 1. */
  readonly line?: number | undefined;
  /** Whether the keyboard goes to the editor. */
  readonly focus: boolean;
}

export interface EditorsStart {
  readonly container: HTMLElement;
  readonly files: readonly PageFile[];
  readonly theme: Theme;
  /** Scripts of the workers: that of Monaco, and that of the language server. */
  readonly workers: { readonly editor: string; readonly languageServer: string };
  /** Called when the person goes to a place in another file. */
  readonly onMoved: (path: string, side: Side) => void;
  /** Called when the language server can't be had: the sources can be read, and nothing is known of their names. */
  readonly onSilent: (error: unknown) => void;
}

/** What the build packs together for `loadEditors`. */
export interface EditorParts {
  readonly script: string;
  readonly style: string;
  readonly editorWorker: string;
  readonly languageServer: string;
}

declare global {
  /** Left by the script when it has run. */
  var startSourceEditors: ((start: EditorsStart) => Promise<SourceEditors>) | undefined;
}

import * as vscode from "vscode";
import type { GrantedValue } from "#protocol/editor/effective-config.ts";
import {
  type ManifestAnswer,
  type ManifestLine,
  type ManifestParams,
  manifestMethod,
} from "#protocol/editor/manifest.ts";
import { notice } from "../screen/notices.ts";
import { type RowProvider, showMessage, showTree, TreeRow } from "../screen/tree-rows.ts";
import { lookOf, type ManifestRow, rowsOf } from "./manifest-row.ts";

/** Where manifests come from. */
export interface ManifestSource {
  /** Asks the language server. Undefined: it did not answer. */
  readonly request: (method: string, params: ManifestParams) => Promise<ManifestAnswer | null | undefined>;
  /** What the person granted on this machine; a browser knows of none. */
  readonly granted: (uri: vscode.Uri) => Promise<readonly GrantedValue[]>;
}

/** Edits are followed after a pause of so many milliseconds. */
const pause = 500;

const emptyWords =
  "Open a .tac file and run “Tactus: What May This Do?”: models, tools, files, people, programs and limits, each with its line.";

/** The view that says in plain sentences what a procedure may touch. It only reads: nothing is started. */
export class ManifestView implements RowProvider<ManifestRow>, vscode.Disposable {
  readonly #changes = new vscode.EventEmitter<undefined>();
  readonly onDidChangeTreeData: vscode.Event<undefined> = this.#changes.event;
  readonly #source: ManifestSource;
  readonly #view: vscode.TreeView<ManifestRow>;
  readonly #parts: vscode.Disposable;
  #shown: vscode.Uri | undefined;
  #rows: readonly ManifestRow[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(source: ManifestSource) {
    this.#source = source;
    this.#view = showTree("tactus.manifest", this, { showCollapseAll: true });
    showMessage(this.#view, emptyWords);
    this.#parts = vscode.Disposable.from(
      this.#changes,
      this.#view,
      vscode.commands.registerCommand("tactus.showManifest", (uri?: vscode.Uri | string) => this.show(uri)),
      vscode.commands.registerCommand(openLineCommand, openLine),
      vscode.workspace.onDidChangeTextDocument(({ document }) => this.#edited(document)),
    );
  }

  /** The rows that are shown now. */
  get rows(): readonly ManifestRow[] {
    return this.#rows;
  }

  /** Shows the manifest of a procedure, of the open one unless said, and brings the view into sight. */
  async show(given?: vscode.Uri | string): Promise<void> {
    const uri = typeof given === "string" ? vscode.Uri.parse(given, true) : (given ?? openFile());
    if (!uri) {
      void notice.information("Open a .tac file first.");
      return;
    }
    this.#shown = uri;
    if (await this.#refresh()) await vscode.commands.executeCommand("tactus.manifest.focus");
    else
      void notice.error("What this may do can't be told: it is no .tac file that the language server knows.");
  }

  getChildren(row?: ManifestRow): ManifestRow[] {
    if (!row) return [...this.#rows];
    return row.kind === "section" ? [...row.rows] : [];
  }

  getTreeItem(row: ManifestRow): TreeRow {
    const { Expanded, None } = vscode.TreeItemCollapsibleState;
    return new TreeRow({
      ...lookOf(row),
      openness: row.kind === "section" ? Expanded : None,
      command:
        row.kind === "sentence"
          ? { command: openLineCommand, title: "Go to Line", arguments: [row.line] }
          : undefined,
    });
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#parts.dispose();
  }

  async #refresh(): Promise<boolean> {
    const uri = this.#shown;
    if (!uri) return false;
    const granted = await this.#source.granted(uri);
    const answer = await this.#source.request(manifestMethod, { uri: uri.toString(), granted });
    if (!answer || this.#shown !== uri) return false;
    this.#rows = rowsOf(answer);
    showMessage(this.#view, "");
    this.#changes.fire(undefined);
    return true;
  }

  #edited({ languageId, fileName }: vscode.TextDocument): void {
    if (!this.#shown || (languageId !== "tactus" && !fileName.endsWith(".yml"))) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#refresh(), pause);
  }
}

function openFile(): vscode.Uri | undefined {
  const document = vscode.window.activeTextEditor?.document;
  return document && /\.(tac|yml)$/.test(document.uri.path) ? document.uri : undefined;
}

const openLineCommand = "tactus.openManifestLine";

/** Goes to the line of a sentence; only in files of the folders that are open. */
async function openLine({ uri, line }: ManifestLine): Promise<void> {
  const target = uri === undefined ? undefined : vscode.Uri.parse(uri, true);
  if (!target || !vscode.workspace.getWorkspaceFolder(target)) return;
  const place = new vscode.Position(line - 1, 0);
  await vscode.window.showTextDocument(target, { selection: new vscode.Range(place, place) });
}

import * as vscode from "vscode";
import { reviewScheme } from "#protocol/editor/review-scheme.ts";
import type { SourceTree, TreeFile } from "#review/trees/source-tree.ts";
import { plainLabel } from "./plain-label.ts";

/** Larger files are not shown; the editor draws none of this size with any help. */
const largestFile = 16 << 20;
const mostFiles = 100_000;

/** What is recorded has no time of its own. */
const noTime = { ctime: 0, mtime: 0 };

/**
 * The only way to the files of a change: read-only documents that are on no disk, as they stand in one of its sides. The
 * text is exactly that of the file, as in the editor of a file on the disk: places in it must be those of findings.
 */
export class RevisionFiles implements vscode.FileSystemProvider, vscode.Disposable {
  readonly #sides = new Map<string, SourceTree>();
  readonly #changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  readonly onDidChangeFile: vscode.Event<vscode.FileChangeEvent[]> = this.#changed.event;
  readonly #registration: vscode.Disposable;

  constructor() {
    const options = { isCaseSensitive: true, isReadonly: true };
    this.#registration = vscode.workspace.registerFileSystemProvider(reviewScheme, this, options);
  }

  /** Lets the files of a side be read under its name, which is one of ours: letters, digits, `-`. */
  add(side: string, tree: SourceTree): void {
    this.#sides.set(side, tree);
  }

  remove(side: string): void {
    this.#sides.delete(side);
  }

  /** Where a file of a side is shown. */
  uriOf(side: string, path: string): vscode.Uri {
    return vscode.Uri.from({ scheme: reviewScheme, authority: side, path: `/${path}` });
  }

  /** Opens one file, or two side by side; `line` counts from 1. */
  async show(
    title: string,
    [left, right]: readonly [vscode.Uri | undefined, vscode.Uri | undefined],
    line: number | undefined,
  ): Promise<void> {
    const at = new vscode.Position(Math.max(0, (line ?? 1) - 1), 0);
    const options = { preview: true, ...(line !== undefined && { selection: new vscode.Range(at, at) }) };
    if (left && right)
      await vscode.commands.executeCommand("vscode.diff", left, right, plainLabel(title), options);
    else if (left ?? right) await vscode.commands.executeCommand("vscode.open", left ?? right, options);
  }

  async stat(uri: vscode.Uri): Promise<vscode.FileStat> {
    const tree = this.#treeOf(uri);
    const file = await this.#find(tree, uri);
    const { Directory, File } = vscode.FileType;
    const permissions = vscode.FilePermission.Readonly;
    if (!file) {
      await this.#below(tree, uri);
      return { type: Directory, size: 0, permissions, ...noTime };
    }
    return { type: File, size: (await this.#bytes(tree, file, uri)).length, permissions, ...noTime };
  }

  async readFile(uri: vscode.Uri): Promise<Uint8Array> {
    const tree = this.#treeOf(uri);
    const file = await this.#find(tree, uri);
    if (!file) throw vscode.FileSystemError.FileNotFound(uri);
    return this.#bytes(tree, file, uri);
  }

  async readDirectory(uri: vscode.Uri): Promise<[string, vscode.FileType][]> {
    const folder = pathOf(uri);
    const prefix = folder === "" ? 0 : folder.length + 1;
    const entries = new Map<string, vscode.FileType>();
    for (const { path, kind } of await this.#below(this.#treeOf(uri), uri)) {
      const [name = "", ...rest] = path.slice(prefix).split("/");
      if (rest.length > 0) entries.set(name, vscode.FileType.Directory);
      else if (isRead(kind)) entries.set(name, vscode.FileType.File);
    }
    return [...entries];
  }

  watch(): vscode.Disposable {
    return new vscode.Disposable(() => undefined);
  }

  createDirectory(uri: vscode.Uri): void {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  writeFile(uri: vscode.Uri): void {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  delete(uri: vscode.Uri): void {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  rename(uri: vscode.Uri): void {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  dispose(): void {
    this.#registration.dispose();
    this.#changed.dispose();
    this.#sides.clear();
  }

  #treeOf(uri: vscode.Uri): SourceTree {
    const tree = this.#sides.get(uri.authority);
    if (tree) return tree;
    throw vscode.FileSystemError.Unavailable("This review was closed: review the change again.");
  }

  /** The file at a place; a submodule is none. */
  async #find(tree: SourceTree, uri: vscode.Uri): Promise<TreeFile | undefined> {
    const found = await tree.find(pathOf(uri));
    if (!found.ok) throw vscode.FileSystemError.Unavailable(found.error.message);
    return found.value && isRead(found.value.kind) ? found.value : undefined;
  }

  async #bytes(tree: SourceTree, file: TreeFile, uri: vscode.Uri): Promise<Uint8Array> {
    const read = await tree.read(file, largestFile);
    if (read.ok) return read.value;
    throw vscode.FileSystemError.Unavailable(`${uri.path}: ${read.error.message}`);
  }

  async #below(tree: SourceTree, uri: vscode.Uri): Promise<readonly TreeFile[]> {
    const files = await tree.list(pathOf(uri), mostFiles);
    if (files.ok && (files.value.length > 0 || pathOf(uri) === "")) return files.value;
    throw vscode.FileSystemError.FileNotFound(uri);
  }
}

function pathOf(uri: vscode.Uri): string {
  return uri.path.replace(/^\//, "");
}

/** A link is never followed: its text is where it leads. */
function isRead(kind: TreeFile["kind"]): boolean {
  return kind !== "submodule";
}

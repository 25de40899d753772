import * as vscode from "vscode";
import { appearanceOf } from "#runs/tree/node-appearance.ts";
import { canResume, placeOf, type RunNode, runOf } from "#runs/tree/run-node.ts";
import { canOpen, rowsUnder } from "#runs/tree/run-tree.ts";
import { type RowProvider, TreeRow } from "../screen/tree-rows.ts";
import type { RunCollection } from "./run-collection.ts";

/** Changes are shown together, this often at most, in milliseconds. */
const refreshEvery = 100;

/** More changed rows than this in one go are shown by drawing their runs anew. */
const manyRows = 50;

/** Shows the runs as a native tree. It holds nothing but which rows wait to be drawn again. */
export class RunsTreeProvider implements RowProvider<RunNode>, vscode.Disposable {
  readonly #changes = new vscode.EventEmitter<RunNode[] | undefined>();
  readonly onDidChangeTreeData: vscode.Event<RunNode[] | undefined> = this.#changes.event;
  readonly #runs: RunCollection;
  readonly #stopListening: () => void;
  readonly #clock: NodeJS.Timeout;
  #waiting = new Set<RunNode>();
  #timer: NodeJS.Timeout | undefined;

  constructor(runs: RunCollection) {
    this.#runs = runs;
    this.#stopListening = runs.onChange((node) => this.#redraw(node));
    this.#clock = setInterval(() => this.#tick(), 1000);
  }

  getChildren(node?: RunNode): vscode.ProviderResult<RunNode[]> {
    if (!node) return this.#runs.topRuns.map(({ tree }) => tree.root);
    if (!this.#runs.isUnread(node)) return this.#under(node);
    return this.#runs.read(node).then(() => this.#under(node));
  }

  getParent(node: RunNode): RunNode | undefined {
    return node.parent ?? this.#runs.parentOf(node)?.tree.root;
  }

  #under(node: RunNode): RunNode[] {
    return [...rowsUnder(node), ...this.#runs.forksOf(node).map(({ tree }) => tree.root)];
  }

  getTreeItem(node: RunNode): TreeRow {
    return new TreeRow({
      id: node.id,
      ...appearanceOf(node, new Date()),
      openness: this.#openness(node),
      contextValue: this.#contextValue(node),
      command: this.#commandOf(node),
    });
  }

  #commandOf(node: RunNode): vscode.Command | undefined {
    if (node.content.kind === "change") {
      return { command: "tactus.showChange", title: "Show Change", arguments: [node] };
    }
    const place = placeOf(node);
    const root = this.#runs.runOf(node)?.workspaceRoot;
    const { content } = runOf(node);
    if (place && content.kind === "run" && content.revision !== undefined) {
      const shown = [content.revision, place];
      return { command: "tactus.showTrialPlace", title: "Go to Line", arguments: shown };
    }
    return place && { command: "tactus.showPlace", title: "Go to Line", arguments: [root, place] };
  }

  dispose(): void {
    this.#stopListening();
    clearInterval(this.#clock);
    clearTimeout(this.#timer);
    this.#changes.dispose();
  }

  /** Runs and turns can be opened before their first child is there: a row that begins as a leaf stays closed. */
  #openness(node: RunNode): vscode.TreeItemCollapsibleState {
    const { Expanded, Collapsed, None } = vscode.TreeItemCollapsibleState;
    if (node.content.kind === "turn") return Expanded;
    if (node.content.kind === "run") return this.#isOurs(node) ? Expanded : Collapsed;
    return canOpen(node) ? Collapsed : None;
  }

  #isOurs(node: RunNode): boolean {
    return this.#runs.runOf(node)?.cancel !== undefined;
  }

  /** What the menus of the manifest ask for. */
  #contextValue(node: RunNode): string {
    if (node.content.kind === "change" && node.content.settled) return "tactus.change.settled";
    if (node.content.kind !== "run") return `tactus.${node.content.kind}`;
    if (node.content.state !== "running") {
      return canResume(node) ? "tactus.run.ended.resumable" : "tactus.run.ended";
    }
    return this.#isOurs(node) ? "tactus.run.running" : "tactus.run.elsewhere";
  }

  /** A new list is shown at once, since the new run is brought into sight; changes inside runs wait for each other. */
  #redraw(node: RunNode | undefined): void {
    if (!node) {
      this.#changes.fire(undefined);
      return;
    }
    this.#waiting.add(node);
    this.#timer ??= setTimeout(() => this.#draw(), refreshEvery);
  }

  #draw(): void {
    this.#timer = undefined;
    const nodes = this.#waiting.size > manyRows ? new Set([...this.#waiting].map(runOf)) : this.#waiting;
    this.#waiting = new Set();
    this.#changes.fire([...nodes]);
  }

  /**
   * Running rows show the time that has passed; while a run only waits for a person it stands still, since the mark
   * of a view that is drawn covers the number of its questions.
   */
  #tick(): void {
    for (const { tree } of this.#runs.active) if (!tree.isAsking) this.#redraw(tree.root);
  }
}

import * as vscode from "vscode";
import { type RowProvider, TreeRow } from "../screen/tree-rows.ts";
import type { OpenReview } from "./open-review.ts";
import { parentOf, type ReviewNode, rowsBelow, type ShownReview } from "./review-node.ts";
import { rowOf } from "./review-row.ts";
import type { ViewedFiles } from "./viewed-files.ts";

/** Shows the review that is open as a native tree. */
export class ReviewRowsProvider implements RowProvider<ReviewNode>, vscode.Disposable {
  readonly #changes = new vscode.EventEmitter<ReviewNode | undefined>();
  readonly onDidChangeTreeData: vscode.Event<ReviewNode | undefined> = this.#changes.event;
  readonly #viewed: ViewedFiles;
  #shown: ShownReview | undefined;
  /**
   * The rows that VS Code was given, by their ids: while it asks for some twice at a time, another object under the same
   * id would be refused, and its group stay empty.
   */
  #rows = new Map<string, ReviewNode>();
  /** VS Code has asked for the rows of now. Told of a change before that, it would ask twice, and lose rows in between. */
  #isAsked = false;

  constructor(viewed: ViewedFiles) {
    this.#viewed = viewed;
  }

  show(open: OpenReview | undefined): void {
    if (open?.review.report !== this.#shown?.report) this.#rows = new Map();
    this.#shown = open && { report: open.review.report, trials: open.trials };
    if (!this.#isAsked) return;
    this.#isAsked = false;
    this.#changes.fire(undefined);
  }

  getChildren(node?: ReviewNode): ReviewNode[] {
    this.#isAsked ||= node === undefined;
    return this.#shown ? rowsBelow(this.#shown, node).map((row) => this.#known(row)) : [];
  }

  getParent(node: ReviewNode): ReviewNode | undefined {
    const parent = this.#shown && parentOf(this.#shown, node);
    return parent && this.#known(parent);
  }

  getTreeItem(node: ReviewNode): TreeRow {
    return new TreeRow({
      ...rowOf(node),
      openness: this.#openness(node),
      contextValue: contextOf(node),
      ...(isOpened(node) && {
        command: { command: "tactus.openReviewed", title: "Show Change", arguments: [node] },
      }),
      ...(node.kind === "file" && {
        tick: { isTicked: this.#viewed.has(node.file), spoken: "Viewed" },
      }),
    });
  }

  dispose(): void {
    this.#changes.dispose();
  }

  /** A group of runs grows; every other row says the same as long as the review is open. */
  #known(row: ReviewNode): ReviewNode {
    const { id } = rowOf(row);
    const known = this.#rows.get(id);
    if (known && (known.kind !== "group" || row.kind !== "group" || known.count === row.count)) return known;
    this.#rows.set(id, row);
    return row;
  }

  #openness(node: ReviewNode): vscode.TreeItemCollapsibleState {
    const { Expanded, Collapsed, None } = vscode.TreeItemCollapsibleState;
    if (this.getChildren(node).length === 0) return None;
    if (node.kind === "file") return this.#viewed.has(node.file) ? Collapsed : Expanded;
    return node.kind === "group" && node.group === "other" ? Collapsed : Expanded;
  }
}

/** Rows that lead to a place in the change. */
function isOpened({ kind }: ReviewNode): boolean {
  return kind === "file" || kind === "meaning" || kind === "finding" || kind === "tried";
}

/** What the menus of the manifest ask for. */
function contextOf(node: ReviewNode): string {
  if (node.kind === "file" && node.file.kind === "procedure" && node.file.status !== "deleted")
    return "tactus.reviewed.procedure";
  if (node.kind === "trial") return node.trial.comparison ? "tactus.trial.compared" : "tactus.trial";
  return `tactus.reviewed.${node.kind}`;
}

import * as vscode from "vscode";
import { bounded, oneLine } from "#common/visible-text.ts";

/** A codicon of ours, and a colour of the theme. */
export interface RowIcon {
  readonly name: string;
  readonly color?: string;
}

/** How a row looks. Its texts may come from anywhere; its icon and its commands are ours. */
export interface RowLook {
  readonly id: string;
  readonly label: string;
  readonly description: string;
  readonly tooltip: string;
  /** What a screen reader says. */
  readonly spoken: string;
  readonly icon: RowIcon;
  readonly openness?: vscode.TreeItemCollapsibleState;
  readonly contextValue?: string;
  readonly command?: vscode.Command | undefined;
  /** A box before the row that the person ticks, and what a screen reader says of it. */
  readonly tick?: { readonly isTicked: boolean; readonly spoken: string };
}

const longestLabel = 200;
const longestTooltip = 4000;

/**
 * The only kind of row that a tree of ours shows: texts in one line and cut, the tooltip never Markdown. VS Code draws
 * the strings of a row as they are; an icon is read only in Markdown.
 */
export class TreeRow extends vscode.TreeItem {
  /** Only this class makes rows: an object with the same fields is none. */
  protected readonly isDrawnHere: true = true;

  constructor(look: RowLook) {
    super(oneLine(look.label, longestLabel), look.openness ?? vscode.TreeItemCollapsibleState.None);
    this.id = look.id;
    this.description = oneLine(look.description, longestLabel);
    this.tooltip = bounded(look.tooltip, longestTooltip);
    this.accessibilityInformation = { label: oneLine(look.spoken, 2 * longestLabel) };
    this.iconPath = themeIcon(look.icon);
    if (look.contextValue !== undefined) this.contextValue = look.contextValue;
    if (look.command) this.command = look.command;
    if (look.tick) this.checkboxState = checkbox(look.tick);
  }
}

/** Rows of a tree, as VS Code asks for them. */
export interface RowProvider<Node> extends vscode.TreeDataProvider<Node> {
  getTreeItem(node: Node): TreeRow;
}

/** The only way to a tree view. */
export function showTree<Node>(
  id: string,
  rows: RowProvider<Node>,
  options: { readonly showCollapseAll?: boolean; readonly manageCheckboxStateManually?: boolean } = {},
): vscode.TreeView<Node> {
  return vscode.window.createTreeView(id, { treeDataProvider: rows, ...options });
}

/** The number beside the icon of a view, with words of ours. */
export function showBadge(view: vscode.TreeView<unknown>, count: number, words: string): void {
  view.badge = count === 0 ? undefined : { value: count, tooltip: words };
}

/** What stands beside the title of a view. */
export function describeView(view: vscode.TreeView<unknown>, words: string): void {
  view.description = oneLine(words, 60);
}

/** What an empty view says, in words of ours. */
export function showMessage(view: vscode.TreeView<unknown>, words: string): void {
  view.message = words;
}

function checkbox({
  isTicked,
  spoken,
}: NonNullable<RowLook["tick"]>): NonNullable<vscode.TreeItem["checkboxState"]> {
  const { Checked, Unchecked } = vscode.TreeItemCheckboxState;
  const accessibilityInformation = { label: oneLine(spoken) };
  return { state: isTicked ? Checked : Unchecked, tooltip: spoken, accessibilityInformation };
}

/** Calls `act` with the rows whose boxes the person ticked or cleared. */
export function onTick<Node>(
  view: vscode.TreeView<Node>,
  act: (node: Node, isTicked: boolean) => void,
): vscode.Disposable {
  return view.onDidChangeCheckboxState(({ items }) => {
    for (const [node, state] of items) act(node, state === vscode.TreeItemCheckboxState.Checked);
  });
}

function themeIcon({ name, color }: RowIcon): vscode.ThemeIcon {
  return new vscode.ThemeIcon(name, color ? new vscode.ThemeColor(color) : undefined);
}

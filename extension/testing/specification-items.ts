import * as vscode from "vscode";
import { lineRange, testRow } from "../screen/test-rows.ts";
import { findSpecifications } from "./find-specifications.ts";
import type { ScenarioOutcome } from "./scenario-outcome.ts";

/** The rows of the test view: files that hold specifications, under each the scenarios that have run. */
export class SpecificationItems {
  readonly #controller: vscode.TestController;
  /** Labels are made safe to show, so they are no names. */
  readonly #scenarios = new WeakMap<vscode.TestItem, string>();

  constructor(controller: vscode.TestController) {
    this.#controller = controller;
  }

  /** All files that are known. */
  get files(): vscode.TestItem[] {
    return [...this.#controller.items].map(([, item]) => item);
  }

  /** The name of the scenario that a row stands for; undefined for a file. */
  scenarioOf(item: vscode.TestItem): string | undefined {
    return this.#scenarios.get(item);
  }

  file(uri: vscode.Uri): vscode.TestItem {
    const { items } = this.#controller;
    const id = uri.toString();
    const file = items.get(id) ?? this.#create(id, vscode.workspace.asRelativePath(uri), uri);
    items.add(file);
    return file;
  }

  scenario(
    file: vscode.TestItem,
    { id, name, line }: Pick<ScenarioOutcome, "id" | "name"> & Partial<Pick<ScenarioOutcome, "line">>,
  ): vscode.TestItem {
    const item = file.children.get(id) ?? this.#create(id, name, file.uri);
    if (line !== undefined) item.range = lineRange(line);
    this.#scenarios.set(item, name);
    file.children.add(item);
    return item;
  }

  /** Looks for files anew; those that are gone are listed no more. */
  async find(): Promise<void> {
    const found = await findSpecifications();
    this.#controller.items.replace(found.map((uri) => this.file(uri)));
  }

  #create(id: string, label: string, uri: vscode.Uri | undefined): vscode.TestItem {
    return testRow(this.#controller, { id, label, uri });
  }
}

import type * as vscode from "vscode";
import type { InputValues } from "./input-form.ts";

/** The inputs of the last run of each file, kept in the workspace's own storage of the editor. */
export class RememberedInputs {
  readonly #memory: vscode.Memento;

  constructor(memory: vscode.Memento) {
    this.#memory = memory;
  }

  of(file: string): InputValues {
    return this.#memory.get<InputValues>(`tactus.inputs:${file}`, {});
  }

  async keep(file: string, values: InputValues): Promise<void> {
    await this.#memory.update(`tactus.inputs:${file}`, values);
  }
}

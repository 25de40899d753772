import path from "node:path";
import * as vscode from "vscode";
import { askDecision, tellModally } from "../screen/decision.ts";
import { answerOf, choiceList, chooseFiles, retitle, tellInBox, textBox } from "../screen/quick-inputs.ts";
import type { CheckValue, PickItem, Prompts, PromptTexts } from "./prompts.ts";

const readAll = "Show Full Text";
const readAllButton: vscode.QuickInputButton = { iconPath: new vscode.ThemeIcon("book"), tooltip: readAll };

/** The prompts of one question in this editor. All end when its signal is aborted. */
export class EditorPrompts implements Prompts {
  readonly #workspaceRoot: string;
  readonly #signal: AbortSignal;
  readonly #showAll: () => Promise<void>;

  constructor(options: {
    readonly workspaceRoot: string;
    readonly signal: AbortSignal;
    /** Shows everything that is asked in an editor. */
    readonly showAll: () => Promise<void>;
  }) {
    this.#workspaceRoot = options.workspaceRoot;
    this.#signal = options.signal;
    this.#showAll = options.showAll;
  }

  text(
    texts: PromptTexts,
    { value, placeholder, check }: Parameters<Prompts["text"]>[1],
  ): Promise<string | undefined> {
    const box = textBox(texts, {
      ...(value !== undefined && { value }),
      ...(placeholder !== undefined && { placeholder }),
    });
    box.onDidChangeValue(() => tellInBox(box, undefined));
    return this.#answered(box, async (finish) => {
      const typed = box.value;
      const problem = await check?.(typed);
      if (problem === undefined) finish(typed);
      else tellInBox(box, problem);
    });
  }

  pick<Value>(texts: PromptTexts, items: readonly PickItem<Value>[]): Promise<Value | undefined> {
    const pick = choiceList(texts, items);
    const preset = pick.items.filter((_item, index) => items[index]?.picked);
    // None at all would also be none that Enter chooses.
    if (preset.length > 0) pick.activeItems = preset;
    return this.#answered<Value>(
      pick,
      async (finish) => {
        const [chosen] = pick.activeItems;
        if (chosen) finish(chosen.value);
      },
      () => {
        // An item that stays selected could not be clicked a second time.
        pick.selectedItems = [];
      },
    );
  }

  picks<Value>(
    texts: PromptTexts,
    items: readonly PickItem<Value>[],
    check: CheckValue<readonly Value[]>,
  ): Promise<readonly Value[] | undefined> {
    const pick = choiceList(texts, items);
    pick.canSelectMany = true;
    pick.selectedItems = pick.items.filter((_item, index) => items[index]?.picked);
    return this.#answered(pick, async (finish) => {
      const chosen = pick.selectedItems.map(({ value }) => value);
      const problem = await check(chosen);
      if (problem === undefined) finish(chosen);
      else retitle(pick, `${texts.title} – ${problem}`);
    });
  }

  /** A modal question; what Enter would press shows the full text, and then the same answers above it. */
  async decide<Answer extends string>(
    texts: PromptTexts,
    answers: readonly Answer[],
  ): Promise<Answer | undefined> {
    const shown = { title: texts.title, detail: texts.detail ?? texts.prompt };
    const buttons = { harmless: readAll, deciding: answers } as const;
    const chosen = await askDecision<Answer | typeof readAll>(shown, buttons, this.#signal);
    if (chosen !== readAll) return answers.find((answer) => answer === chosen);
    await this.#showAll();
    return this.#decideAfterReading(texts, answers);
  }

  async files(
    texts: PromptTexts,
    { several, accept }: Parameters<Prompts["files"]>[1],
  ): Promise<readonly string[] | undefined> {
    const endings = accept.filter((kind) => !kind.includes("/")).map((kind) => kind.replace(/^\*?\./, ""));
    const chosen = await chooseFiles(`${texts.title} ${texts.prompt}`, {
      openLabel: "Hand Over",
      defaultUri: vscode.Uri.file(this.#workspaceRoot),
      canSelectMany: several,
      ...(endings.length > 0 && endings.length === accept.length && { filters: { Accepted: endings } }),
    });
    // A file outside the workspace keeps its way out of it: the rules of the run refuse it by name.
    return chosen?.map((uri) => path.relative(this.#workspaceRoot, uri.fsPath).replaceAll(path.sep, "/"));
  }

  tell(problem: string): Promise<void> {
    return tellModally(problem);
  }

  /** Once the text is on the screen a modal would hide it, so the same answers are offered above it. */
  #decideAfterReading<Answer extends string>(
    { title }: PromptTexts,
    answers: readonly Answer[],
  ): Promise<Answer | undefined> {
    const items = answers.toReversed().map((answer) => ({ label: answer, value: answer }));
    return this.pick({ title, prompt: "Your answer" }, [
      { label: "Decide Later", value: undefined },
      ...items,
    ]);
  }

  /** Waits for the answer, with the button that shows everything that is asked. */
  #answered<Answer>(
    input: vscode.InputBox | vscode.QuickPick<vscode.QuickPickItem>,
    accept: (finish: (answer: Answer) => void) => Promise<void>,
    refuse?: () => void,
  ): Promise<Answer | undefined> {
    input.buttons = [readAllButton];
    input.onDidTriggerButton(() => void this.#showAll());
    const ends = { signal: this.#signal, ...(refuse && { refuse }) };
    return answerOf<Answer>(input, (finish) => void accept(finish), ends);
  }
}

import path from "node:path";
import * as vscode from "vscode";
import { oneLine } from "#common/visible-text.ts";
import { withoutMarkup } from "../screen/without-markup.ts";
import type { CheckValue, PickItem, Prompts, PromptTexts } from "./prompts.ts";

/** An answer that comes sooner than this after a prompt appeared was meant for something else; milliseconds. */
const soonest = 500;

const readAll = "Show Full Text";
const readAllButton: vscode.QuickInputButton = { iconPath: new vscode.ThemeIcon("book"), tooltip: readAll };

type Item<Value> = vscode.QuickPickItem & { readonly value: Value };

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
    const box = vscode.window.createInputBox();
    box.title = withoutMarkup(oneLine(texts.title));
    box.prompt = shownPrompt(texts);
    box.value = value ?? "";
    box.placeholder = withoutMarkup(oneLine(placeholder ?? "", 100));
    box.onDidChangeValue(() => {
      box.validationMessage = undefined;
    });
    return this.#answered(box, async (finish) => {
      const typed = box.value;
      const problem = await check?.(typed);
      if (problem === undefined) finish(typed);
      else box.validationMessage = withoutMarkup(oneLine(problem, 300));
    });
  }

  pick<Value>(texts: PromptTexts, items: readonly PickItem<Value>[]): Promise<Value | undefined> {
    const pick = pickOf(texts, items);
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
    const pick = pickOf(texts, items);
    pick.canSelectMany = true;
    pick.selectedItems = pick.items.filter((_item, index) => items[index]?.picked);
    return this.#answered(pick, async (finish) => {
      const chosen = pick.selectedItems.map(({ value }) => value);
      const problem = await check(chosen);
      if (problem === undefined) finish(chosen);
      else pick.title = withoutMarkup(oneLine(`${texts.title} – ${problem}`));
    });
  }

  /**
   * A modal question. The button that Enter presses shows the full text; what grants something is never the first. An
   * answer within half a second of its appearing doesn't count: the question is asked again.
   */
  async decide<Answer extends string>(
    texts: PromptTexts,
    answers: readonly Answer[],
  ): Promise<Answer | undefined> {
    const later = { title: "Decide Later", isCloseAffordance: true };
    const buttons = [{ title: readAll }, ...answers.map((title) => ({ title })), later];
    while (!this.#signal.aborted) {
      const shown = Date.now();
      const options = { modal: true, detail: texts.detail ?? texts.prompt };
      const chosen = (await vscode.window.showWarningMessage(texts.title, options, ...buttons))?.title;
      if (Date.now() - shown < soonest) continue;
      if (chosen !== readAll) return answers.find((answer) => answer === chosen);
      await this.#showAll();
      return this.#decideAfterReading(texts, answers);
    }
    return undefined;
  }

  async files(
    texts: PromptTexts,
    { several, accept }: Parameters<Prompts["files"]>[1],
  ): Promise<readonly string[] | undefined> {
    const endings = accept.filter((kind) => !kind.includes("/")).map((kind) => kind.replace(/^\*?\./, ""));
    const chosen = await vscode.window.showOpenDialog({
      title: withoutMarkup(oneLine(`${texts.title} ${texts.prompt}`)),
      openLabel: "Hand Over",
      defaultUri: vscode.Uri.file(this.#workspaceRoot),
      canSelectMany: several,
      ...(endings.length > 0 && endings.length === accept.length && { filters: { Accepted: endings } }),
    });
    // A file outside the workspace keeps its way out of it: the rules of the run refuse it by name.
    return chosen?.map((uri) => path.relative(this.#workspaceRoot, uri.fsPath).replaceAll(path.sep, "/"));
  }

  async tell(problem: string): Promise<void> {
    await vscode.window.showErrorMessage(withoutMarkup(oneLine(problem, 400)), { modal: true });
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

  #answered<Answer>(
    input: vscode.QuickInput & {
      readonly onDidAccept: vscode.Event<void>;
      buttons: readonly vscode.QuickInputButton[];
      readonly onDidTriggerButton: vscode.Event<vscode.QuickInputButton>;
    },
    accept: (finish: (answer: Answer) => void) => Promise<void>,
    refuse: () => void = () => undefined,
  ): Promise<Answer | undefined> {
    const shown = Date.now();
    input.ignoreFocusOut = true;
    input.buttons = [readAllButton];
    return new Promise<Answer | undefined>((finish) => {
      input.onDidTriggerButton(() => void this.#showAll());
      input.onDidAccept(() => (Date.now() - shown < soonest ? refuse() : void accept(finish)));
      input.onDidHide(() => finish(undefined));
      this.#signal.addEventListener("abort", () => finish(undefined), { once: true });
      if (!this.#signal.aborted) input.show();
      else finish(undefined);
    }).finally(() => input.dispose());
  }
}

function pickOf<Value>(texts: PromptTexts, items: readonly PickItem<Value>[]): vscode.QuickPick<Item<Value>> {
  const pick = vscode.window.createQuickPick<Item<Value>>();
  pick.title = withoutMarkup(oneLine(texts.title));
  pick.placeholder = shownPrompt(texts);
  pick.items = items.map(({ label, description, value }) => ({
    label: withoutMarkup(oneLine(label, 100)) || "(empty)",
    ...(description !== undefined && { description: withoutMarkup(oneLine(description, 100)) }),
    value,
  }));
  return pick;
}

function shownPrompt({ prompt }: PromptTexts): string {
  return withoutMarkup(oneLine(prompt, 300));
}

import * as vscode from "vscode";
import { oneLine } from "#common/visible-text.ts";
import { withoutMarkup } from "../screen/without-markup.ts";

/** An answer that comes sooner than this after a prompt appeared was meant for something else; milliseconds. */
const soonest = 500;

const readAll = "Show Full Text";

/** What every prompt of a question has: who asks and what. */
export interface PromptTexts {
  readonly title: string;
  readonly prompt: string;
}

export interface PickItem<Value> extends vscode.QuickPickItem {
  readonly value: Value;
}

/** A box for a text. Undefined when it is closed, or the signal is aborted. */
export function promptText(
  texts: PromptTexts,
  options: {
    readonly value?: string;
    readonly placeholder?: string;
    readonly problem?: (text: string) => string | undefined;
  },
  signal: AbortSignal,
): Promise<string | undefined> {
  const box = vscode.window.createInputBox();
  box.title = withoutMarkup(oneLine(texts.title));
  box.prompt = withoutMarkup(oneLine(texts.prompt, 300));
  box.value = options.value ?? "";
  box.placeholder = withoutMarkup(oneLine(options.placeholder ?? "", 100));
  box.onDidChangeValue((text) => {
    box.validationMessage = options.problem?.(text);
  });
  return answered(box, signal, (finish, tooSoon) => {
    if (tooSoon) return;
    const problem = options.problem?.(box.value);
    box.validationMessage = problem;
    if (!problem) finish(box.value);
  });
}

/** A choice of one. Undefined when it is closed, or the signal is aborted. */
export function promptPick<Value>(
  texts: PromptTexts,
  items: readonly PickItem<Value>[],
  signal: AbortSignal,
): Promise<PickItem<Value> | undefined> {
  const pick = pickOf(texts, items);
  return answered(pick, signal, (finish, tooSoon) => {
    const [chosen] = pick.activeItems;
    // An item that stays selected could not be clicked a second time.
    if (tooSoon) pick.selectedItems = [];
    else if (chosen) finish(chosen);
  });
}

/** A choice of several, at least `least` and at most `most`. */
export function promptPicks<Value>(
  texts: PromptTexts,
  items: readonly PickItem<Value>[],
  { least, most }: { readonly least: number; readonly most: number },
  signal: AbortSignal,
): Promise<readonly PickItem<Value>[] | undefined> {
  const pick = pickOf(texts, items);
  pick.canSelectMany = true;
  return answered(pick, signal, (finish, tooSoon) => {
    if (tooSoon) return;
    const count = pick.selectedItems.length;
    if (count >= least && count <= most) finish(pick.selectedItems);
    else
      pick.title = `${withoutMarkup(oneLine(texts.title))} – choose ${least} to ${Math.min(most, items.length)}`;
  });
}

/** The label of a pick that came from outside. */
export function foreignLabel(text: string): string {
  return withoutMarkup(oneLine(text, 100)) || "(empty)";
}

function pickOf<Value>(
  texts: PromptTexts,
  items: readonly PickItem<Value>[],
): vscode.QuickPick<PickItem<Value>> {
  const pick = vscode.window.createQuickPick<PickItem<Value>>();
  pick.title = withoutMarkup(oneLine(texts.title));
  pick.placeholder = withoutMarkup(oneLine(texts.prompt, 300));
  pick.items = items;
  return pick;
}

function answered<Answer>(
  input: vscode.QuickInput & { readonly onDidAccept: vscode.Event<void> },
  signal: AbortSignal,
  accept: (finish: (answer: Answer) => void, tooSoon: boolean) => void,
): Promise<Answer | undefined> {
  const shown = Date.now();
  input.ignoreFocusOut = true;
  return new Promise<Answer | undefined>((finish) => {
    input.onDidAccept(() => accept(finish, Date.now() - shown < soonest));
    input.onDidHide(() => finish(undefined));
    signal.addEventListener("abort", () => finish(undefined), { once: true });
    input.show();
  }).finally(() => input.dispose());
}

/**
 * A modal question. The button that Enter presses shows the full text; what grants something is never the first, and
 * closing the dialog is the answer `closed`. An answer within half a second of its appearing doesn't count: the
 * question is asked again.
 */
export async function promptModal<Answer extends string>(
  texts: PromptTexts,
  answers: { readonly given: Answer; readonly closed: string },
  showAll: () => Promise<void>,
  signal: AbortSignal,
): Promise<Answer | undefined> {
  const close = { title: answers.closed, isCloseAffordance: true };
  const buttons: readonly vscode.MessageItem[] = [{ title: readAll }, { title: answers.given }, close];
  while (!signal.aborted) {
    const shown = Date.now();
    const options = { modal: true, detail: texts.prompt };
    const chosen = (await vscode.window.showWarningMessage(texts.title, options, ...buttons))?.title;
    if (Date.now() - shown < soonest) continue;
    if (chosen !== readAll) return chosen === answers.given ? answers.given : undefined;
    await showAll();
    return promptAfterReading(texts, answers, signal);
  }
  return undefined;
}

/** Once the text is on the screen a modal would hide it, so the same answers are offered above it. */
async function promptAfterReading<Answer extends string>(
  texts: PromptTexts,
  { given, closed }: { readonly given: Answer; readonly closed: string },
  signal: AbortSignal,
): Promise<Answer | undefined> {
  const items = [
    { label: closed, value: undefined },
    { label: given, value: given },
  ];
  return (await promptPick({ title: texts.title, prompt: "Your answer" }, items, signal))?.value;
}

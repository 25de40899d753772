import * as vscode from "vscode";
import { soonestAnswer } from "./decision.ts";
import { plainLabel } from "./plain-label.ts";

/** The words of a quick input. All may come from anywhere. */
export interface InputTexts {
  readonly title: string;
  readonly prompt: string;
}

/** A row to choose. */
export interface ChoiceTexts {
  readonly label: string;
  readonly description?: string | undefined;
  /** A line below the label. */
  readonly detail?: string | undefined;
}

/** A row with what it stands for. */
export type Choice<Value> = vscode.QuickPickItem & { readonly value: Value };

/** A box for one line of text. What stands in it is what will be sent, so `value` is not changed. */
export function textBox(
  { title, prompt }: InputTexts,
  { value = "", placeholder = "" }: { readonly value?: string; readonly placeholder?: string } = {},
): vscode.InputBox {
  const box = vscode.window.createInputBox();
  box.title = plainLabel(title);
  box.prompt = plainLabel(prompt, 300);
  box.value = value;
  box.placeholder = plainLabel(placeholder, 100);
  box.ignoreFocusOut = true;
  return box;
}

/** A list of rows to choose from. */
export function choiceList<Value>(
  { title, prompt }: InputTexts,
  rows: ReadonlyArray<ChoiceTexts & { readonly value: Value }>,
): vscode.QuickPick<Choice<Value>> {
  const list = vscode.window.createQuickPick<Choice<Value>>();
  list.title = plainLabel(title);
  list.placeholder = plainLabel(prompt, 300);
  list.items = rows.map(({ label, description, detail, value }) => ({
    label: plainLabel(label, 100) || "(empty)",
    ...(description !== undefined && { description: plainLabel(description, 100) }),
    ...(detail !== undefined && { detail: plainLabel(detail, 200) }),
    value,
  }));
  list.ignoreFocusOut = true;
  return list;
}

/** Says what is wrong with what stands in the box; nothing when it is right. */
export function tellInBox(box: vscode.InputBox, problem: string | undefined): void {
  box.validationMessage = problem ? plainLabel(problem, 300) : undefined;
}

/** Another title, as when there is something to say about a choice. */
export function retitle(input: vscode.QuickInput, title: string): void {
  input.title = plainLabel(title);
}

/** Where a form of several steps is. */
export function showStep(input: vscode.QuickInput, { number, of }: { number: number; of: number }): void {
  input.step = number;
  input.totalSteps = of;
}

/** An input whose answer is waited for. */
type AnsweredInput = vscode.QuickInput & { readonly onDidAccept: vscode.Event<void> };

/**
 * Shows an input until `accept` finishes with an answer; undefined when it was closed, or the signal ended it. What is
 * accepted sooner than an answer may come was meant for something else: `refuse` is told then.
 */
export function answerOf<Answer>(
  input: AnsweredInput,
  accept: (finish: (answer: Answer) => void) => void,
  { refuse, signal }: { readonly refuse?: () => void; readonly signal?: AbortSignal } = {},
): Promise<Answer | undefined> {
  const shown = Date.now();
  return new Promise<Answer | undefined>((finish) => {
    input.onDidAccept(() => (Date.now() - shown < soonestAnswer ? refuse?.() : accept(finish)));
    input.onDidHide(() => finish(undefined));
    signal?.addEventListener("abort", () => finish(undefined), { once: true });
    if (signal?.aborted) finish(undefined);
    else input.show();
  }).finally(() => input.dispose());
}

/** One of a few rows, in a list that closes when the person looks elsewhere. */
export async function chooseOne<Value>(
  title: string,
  rows: ReadonlyArray<ChoiceTexts & { readonly value: Value }>,
): Promise<Value | undefined> {
  const list = choiceList({ title, prompt: "" }, rows);
  list.ignoreFocusOut = false;
  return new Promise<Value | undefined>((resolve) => {
    list.onDidAccept(() => resolve(list.activeItems[0]?.value));
    list.onDidHide(() => resolve(undefined));
    list.show();
  }).finally(() => list.dispose());
}

/** A line of text, in a box that closes when it is answered. */
export async function askText(
  title: string,
  options: Pick<vscode.InputBoxOptions, "password" | "ignoreFocusOut" | "validateInput"> & {
    readonly prompt: string;
  },
): Promise<string | undefined> {
  const prompt = plainLabel(options.prompt, 300);
  return vscode.window.showInputBox({ ...options, title: plainLabel(title), prompt });
}

/** The editor's dialog for files of the machine. */
export async function chooseFiles(
  title: string,
  options: Omit<vscode.OpenDialogOptions, "title">,
): Promise<readonly vscode.Uri[] | undefined> {
  return vscode.window.showOpenDialog({ ...options, title: plainLabel(title) });
}

import * as vscode from "vscode";
import { oneLine } from "#common/visible-text.ts";
import type { Plan } from "#runs/session/plan.ts";
import type { AskedEntry } from "#runs/trust/asked-entries.ts";
import type { ChangedWishes } from "#runs/trust/decide.ts";
import { answerOf, choiceList, retitle } from "../screen/quick-inputs.ts";
import type { TextDocuments } from "../screen/text-documents.ts";
import { type GrantRow, grantRows } from "./grant-rows.ts";
import { grantsText } from "./grants-text.ts";

const readAll: vscode.QuickInputButton = {
  iconPath: new vscode.ThemeIcon("book"),
  tooltip: "Show Everything in Full",
};

/** What the question is about. */
export interface GrantQuestion {
  readonly plan: Pick<Plan, "file" | "manifest" | "asked">;
  readonly changed: ChangedWishes;
}

/**
 * Asks the person what to grant, entry by entry. Nothing that was not granted before is selected, so Enter alone
 * grants nothing. Gives the ids that are granted; undefined when the question was closed: then nothing is decided.
 */
export async function askGrants(
  { plan, changed }: GrantQuestion,
  documents: TextDocuments,
): Promise<ReadonlySet<string> | undefined> {
  const rows = grantRows(plan.asked, changed);
  const prompt = "Grant to exactly this content; with nothing selected it runs without";
  const list = choiceList({ title: titleOf(plan), prompt }, rows);
  const showAll = (): Promise<void> =>
    documents.showBelowPrompt("What Is Asked For", `${roomBelow(rows.length)}${grantsText(plan, changed)}`);
  list.canSelectMany = true;
  list.selectedItems = list.items.filter((_item, index) => rows[index]?.picked);
  list.buttons = [readAll];
  let wasShown = false;
  const read = (): void => {
    wasShown = true;
    void showAll();
  };
  list.onDidTriggerButton(read);
  const granted = await answerOf<ReadonlySet<string>>(list, (finish) => {
    const chosen = list.selectedItems.map(({ value }) => value);
    if (wasShown || !chosen.some((entry) => isCut(rows, entry))) return finish(idsOf(chosen));
    // What is cut in its row could hide its end: it is put before the person first.
    retitle(list, "Something you selected is longer than its row: read it below, then press Enter again");
    read();
  });
  void documents.closeBelowPrompt();
  return granted;
}

/** The list covers the top of the document: two lines a row, as many as it shows at once. */
function roomBelow(rows: number): string {
  return "\n".repeat(2 * Math.min(rows, 12));
}

function titleOf({ file, asked }: GrantQuestion["plan"]): string {
  const never = asked.filter(({ state }) => state === "never").length;
  const more = never === 0 ? "" : ` (${never} more can't be granted)`;
  return `${oneLine(file, 60)} asks for more than a run gets${more}`;
}

function isCut(rows: readonly GrantRow[], entry: AskedEntry): boolean {
  return rows.find(({ value }) => value === entry)?.isCut === true && entry.state !== "granted";
}

function idsOf(entries: readonly AskedEntry[]): ReadonlySet<string> {
  return new Set(entries.map(({ id }) => id));
}

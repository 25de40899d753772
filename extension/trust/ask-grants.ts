import * as vscode from "vscode";
import { oneLine } from "#common/visible-text.ts";
import type { Plan } from "#runs/session/plan.ts";
import type { AskedEntry } from "#runs/trust/asked-entries.ts";
import type { ChangedWishes } from "#runs/trust/decide.ts";
import { soonestAnswer } from "../screen/decision.ts";
import { choiceList, retitle } from "../screen/quick-inputs.ts";
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
  const prompt = "Select what to grant to exactly this content, or nothing";
  const list = choiceList({ title: titleOf(plan), prompt }, rows);
  const showAll = (): Promise<void> =>
    documents.showBelowPrompt("What Is Asked For", `${roomBelow(rows.length)}${grantsText(plan, changed)}`);
  list.canSelectMany = true;
  list.selectedItems = list.items.filter((_item, index) => rows[index]?.picked);
  list.buttons = [readAll];
  const read = { wasShown: false };
  const shown = Date.now();
  return new Promise<ReadonlySet<string> | undefined>((finish) => {
    list.onDidTriggerButton(() => {
      read.wasShown = true;
      void showAll();
    });
    list.onDidAccept(() => {
      if (Date.now() - shown < soonestAnswer) return;
      const chosen = list.selectedItems.map(({ value }) => value);
      if (read.wasShown || !chosen.some((entry) => isCut(rows, entry))) finish(idsOf(chosen));
      else {
        // What is cut in its row could hide its end: it is put before the person first.
        read.wasShown = true;
        retitle(list, "Something you selected is longer than its row: read it below, then press Enter again");
        void showAll();
      }
    });
    list.onDidHide(() => finish(undefined));
    list.show();
  }).finally(() => {
    list.dispose();
    void documents.closeBelowPrompt();
  });
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

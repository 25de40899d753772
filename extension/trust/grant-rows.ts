import { oneLine } from "#common/visible-text.ts";
import type { AskedEntry } from "#runs/trust/asked-entries.ts";
import type { ChangedWishes, EntryChange } from "#runs/trust/decide.ts";
import type { ChoiceTexts } from "../screen/quick-inputs.ts";

/** A row of the question what to grant. */
export interface GrantRow extends ChoiceTexts {
  /** Granted already, for this very content. */
  readonly picked: boolean;
  /** It does not fit into its row: it is read in full before it is granted. */
  readonly isCut: boolean;
  readonly value: AskedEntry;
}

/** Characters that fit into a row of the narrowest prompt, of the words and of the line below them. */
const roomFor = { words: 70, detail: 80 };

/** One row for each thing that can be granted: what it is in plain words, where it stands, what changed. */
export function grantRows(entries: readonly AskedEntry[], { changes }: ChangedWishes): GrantRow[] {
  return entries
    .filter(({ state }) => state !== "never")
    .map((entry) => {
      const detail = `${entry.file}:${entry.line}  ${pathText(entry)}: ${JSON.stringify(entry.value)}`;
      return {
        label: capitalized(entry.words),
        description: changeWords(changes.get(entry.id)),
        detail,
        picked: entry.state === "granted",
        isCut: isLonger(entry.words, roomFor.words) || isLonger(detail, roomFor.detail),
        value: entry,
      };
    });
}

/** Keys as they stand in the file: `sandbox.volumes[0]`. */
export function pathText({ path }: Pick<AskedEntry, "path">): string {
  return path
    .map((step, index) => (typeof step === "number" ? `[${step}]` : `${index === 0 ? "" : "."}${step}`))
    .join("");
}

/** How an entry differs from what was decided before; nothing where nothing was. */
export function changeWords(change: EntryChange | undefined): string | undefined {
  if (!change) return undefined;
  if (change.kind === "new") return "new";
  if (change.kind === "changed") return `changed, was: ${change.before}`;
  return change.wasGranted ? "as it was granted before" : "as it was left out before";
}

function isLonger(text: string, most: number): boolean {
  return oneLine(text, most) !== oneLine(text, text.length + most);
}

function capitalized(words: string): string {
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}

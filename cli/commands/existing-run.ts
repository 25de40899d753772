import { errorText } from "#common/error-text.ts";
import { oneLine } from "#common/visible-text.ts";
import { runFolder } from "#runs/journal/journal-folder.ts";
import { type JournalContent, readJournal } from "#runs/journal/journal-reader.ts";
import { findRun, type RunSummary } from "#runs/journal/run-list.ts";
import { UsageError } from "../usage-error.ts";

/** A run of the current folder. Throws UsageError when there is none of that id. */
export async function existingRun(id: string): Promise<RunSummary> {
  const run = await findRun(process.cwd(), id);
  if (run) return run;
  throw new UsageError(
    `There is no run "${oneLine(id, 80)}" in this folder. See \`tactus-studio runs list\`.`,
  );
}

/** What the journal of a run holds. Throws UsageError when there is none, or none that can be read. */
export async function journalOf({ run }: RunSummary): Promise<JournalContent> {
  try {
    return await readJournal(runFolder(process.cwd(), run));
  } catch (error) {
    throw new UsageError(`The journal of run ${run} can't be read: ${errorText(error)}.`);
  }
}

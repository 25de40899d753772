import { oneLine } from "#common/visible-text.ts";
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

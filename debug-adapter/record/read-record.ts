import { errorText } from "#common/error-text.ts";
import { runFolder } from "#runs/journal/journal-folder.ts";
import { readJournal } from "#runs/journal/journal-reader.ts";
import { isRunId } from "#runs/journal/run-id.ts";
import { AdapterProblem } from "../problems.ts";
import { RunRecord } from "./run-record.ts";

/** The record of a run of the past. Only its journal is read: no sandbox, no source and no configuration is needed. */
export async function readRecord(workspaceRoot: string, run: string): Promise<RunRecord> {
  if (!isRunId(run))
    throw new AdapterProblem("debug-no-run", `There is no run '${run}' in ${workspaceRoot}.`);
  try {
    const { events } = await readJournal(runFolder(workspaceRoot, run));
    if (events[0]?.type === "run.started") return new RunRecord(events);
  } catch (error) {
    throw new AdapterProblem("debug-no-run", `The journal of run ${run} can't be read: ${errorText(error)}.`);
  }
  throw new AdapterProblem("debug-no-run", `The journal of run ${run} does not begin as one of a run.`);
}

import { oneLine } from "#common/visible-text.ts";
import { type ExitCode, exitCodes } from "#protocol/exit-codes.ts";
import { compareRuns } from "#runs/comparison/compare-runs.ts";
import { type RunTrace, traceOf } from "#runs/comparison/run-trace.ts";
import { comparisonText } from "../output/comparison-text.ts";
import { print, printJson } from "../output/terminal.ts";
import { UsageError } from "../usage-error.ts";
import { existingRun, journalOf } from "./existing-run.ts";

/** `runs compare BASE HEAD`: what two runs did, side by side. */
export async function compare(
  base: string,
  head: string,
  { json }: { readonly json: boolean },
): Promise<ExitCode> {
  const report = compareRuns(await traceOfRun(base), await traceOfRun(head));
  if (json) printJson(report);
  else print(comparisonText(report));
  return exitCodes.done;
}

async function traceOfRun(id: string): Promise<RunTrace> {
  const { events } = await journalOf(await existingRun(id));
  const trace = traceOf(events);
  if (trace) return trace;
  throw new UsageError(
    `The journal of run ${oneLine(id, 80)} has no beginning: there is nothing to compare.`,
  );
}

import { type ExitCode, exitCodes } from "#protocol/exit-codes.ts";
import { pruneRuns } from "#runs/journal/prune-runs.ts";
import { print, printJson } from "../output/terminal.ts";

/** `runs prune`: what can go on (waiting, interrupted, failed) stays, unless everything is to go. */
export async function prune({
  json,
  all,
}: {
  readonly json: boolean;
  readonly all: boolean;
}): Promise<ExitCode> {
  const pruned = await pruneRuns(process.cwd(), all);
  if (json) printJson({ pruned });
  else print(`${pruned.length} runs removed.`);
  return exitCodes.done;
}

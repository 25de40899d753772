import { readFileSync } from "node:fs";
import path from "node:path";
import pc from "picocolors";
import { durationText } from "#common/duration-text.ts";
import { oneLine } from "#common/visible-text.ts";
import { type ExitCode, exitCodes } from "#protocol/exit-codes.ts";
import { runFolder } from "#runs/journal/journal-folder.ts";
import { listRuns, type RunSummary } from "#runs/journal/run-list.ts";
import { createRunPrinter } from "../output/run-printer.ts";
import { print, printJson, printPart } from "../output/terminal.ts";
import { existingRun, journalOf } from "./existing-run.ts";

interface OutputOptions {
  readonly json: boolean;
}

/** `runs list`: the runs of the current folder, newest first. */
export async function listCommand({ json }: OutputOptions): Promise<ExitCode> {
  const runs = await listRuns(process.cwd());
  if (json) printJson({ runs });
  else if (runs.length === 0) print("No runs in this folder yet.");
  else for (const run of runs) print(listLine(run));
  return exitCodes.done;
}

/** `runs show ID`: the tree of a run, as it was shown while it ran. */
export async function showCommand(id: string, { json }: OutputOptions): Promise<ExitCode> {
  const run = await existingRun(id);
  const { events, unreadableLines } = await journalOf(run);
  if (json) {
    printJson({ ...run, unreadableLines, events });
    return exitCodes.done;
  }
  const show = createRunPrinter({
    write: printPart,
    live: false,
    run: run.run,
    sourceOf: sourceInFolder,
    journal: path.relative(process.cwd(), path.join(runFolder(process.cwd(), run.run), "events.jsonl")),
  });
  for (const event of events) show(event);
  if (run.status === "interrupted") {
    print(`${pc.red("✗ interrupted")}: the program that ran it ended before the run did.`);
  }
  return exitCodes.done;
}

/** `runs events ID`: what the journal holds, line by line; a line that was cut by a kill is left out. */
export async function eventsCommand(id: string): Promise<ExitCode> {
  const run = await existingRun(id);
  const { events } = await journalOf(run);
  for (const event of events) printJson(event);
  return exitCodes.done;
}

function listLine({ run, status, file, durationMs, error }: RunSummary): string {
  const spent = durationMs === undefined ? "" : pc.dim(durationText(durationMs));
  const reason = error === undefined ? "" : pc.red(oneLine(error, 80));
  return [run, status.padEnd(11), oneLine(file ?? "?", 60), spent, reason].filter(Boolean).join("  ");
}

/** The file as it is now; the lines around an error may have changed since. */
function sourceInFolder(file: string): string | undefined {
  const absolute = path.resolve(process.cwd(), file);
  if (path.relative(process.cwd(), absolute).startsWith("..")) return undefined;
  try {
    return readFileSync(absolute, "utf8");
  } catch {
    // Moved or deleted since: the error is shown without its lines.
    return undefined;
  }
}

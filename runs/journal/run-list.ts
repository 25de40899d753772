import { readdir } from "node:fs/promises";
import type { RunEvent, RunEventOf, RunStatus } from "#protocol/events/events.ts";

import { runFolder, runsFolder } from "#runs/journal/journal-folder.ts";
import { readEnds } from "#runs/journal/journal-reader.ts";
import { isClaimed } from "#runs/journal/run-claim.ts";
import { isRunId } from "#runs/journal/run-id.ts";

/** An earlier run in a line (protocol/reports/run-report.ts). `interrupted` = whoever ran it died before its end. */
export interface RunSummary {
  readonly run: string;
  readonly status: RunStatus | "running" | "interrupted";
  readonly file?: string;
  readonly procedure?: string;
  readonly isolation?: string;
  readonly started?: string;
  readonly durationMs?: number;
  readonly error?: string;
  /** The run out of which it was made. */
  readonly forkedFrom?: string;
  /** Of a trial run: what its files were read from. */
  readonly revision?: string;
}

/** The runs of a workspace, newest first. A folder without a journal shows as interrupted. */
export async function listRuns(workspaceRoot: string): Promise<readonly RunSummary[]> {
  const names = await folderNames(workspaceRoot);
  const runs = await Promise.all(names.map((run) => summarizeRun(workspaceRoot, run)));
  return runs.sort((a, b) => (ageKey(a) < ageKey(b) ? 1 : -1));
}

/** One run of a workspace; undefined when there is none of that id. */
export async function findRun(workspaceRoot: string, run: string): Promise<RunSummary | undefined> {
  return (await folderNames(workspaceRoot)).includes(run) ? summarizeRun(workspaceRoot, run) : undefined;
}

/** Ids sort by the second; runs of the same second sort by their first event. */
function ageKey({ run, started }: RunSummary): string {
  return `${run.slice(0, "YYYYMMDD-HHMMSS".length)} ${started ?? ""}`;
}

/** No folder means that nothing has run here yet. */
async function folderNames(workspaceRoot: string): Promise<string[]> {
  const names = await readdir(runsFolder(workspaceRoot)).catch((): string[] => []);
  return names.filter(isRunId);
}

async function summarizeRun(workspaceRoot: string, run: string): Promise<RunSummary> {
  const folder = runFolder(workspaceRoot, run);
  const { first, last } = await readEnds(folder).catch(() => ({ first: undefined, last: undefined }));
  const end = last?.type === "run.finished" ? last : undefined;
  const status = end?.status ?? (isClaimed(folder) ? "running" : "interrupted");
  return { run, status, ...startOf(first), ...endOf(end) };
}

function startOf(event: RunEvent | undefined): Partial<RunSummary> {
  if (event?.type !== "run.started") return {};
  const { file, procedure, isolation, time, forkedFrom, revision } = event;
  return {
    ...{ file, procedure, isolation, started: time },
    ...(forkedFrom && { forkedFrom: forkedFrom.run }),
    ...(revision !== undefined && { revision }),
  };
}

function endOf(event: RunEventOf<"run.finished"> | undefined): Partial<RunSummary> {
  if (!event) return {};
  return { durationMs: event.durationMs, ...(event.error && { error: event.error.message }) };
}

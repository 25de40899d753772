import { type RunEvent, runEventBody } from "#protocol/events/events.ts";
import { runFolder } from "#runs/journal/journal-folder.ts";
import { readJournal } from "#runs/journal/journal-reader.ts";
import { listRuns, type RunSummary } from "#runs/journal/run-list.ts";
import type { EarlierRun } from "./run-collection.ts";
import type { RunContent } from "./run-node.ts";

/**
 * The newest runs that the journals of a folder tell of. A journal may have come with a cloned folder, so what is in
 * it is checked like anything else from outside.
 */
export async function earlierRuns(workspaceRoot: string, most: number): Promise<readonly EarlierRun[]> {
  if (most === 0) return [];
  const summaries = await listRuns(workspaceRoot);
  return summaries.slice(0, most).map((summary) => {
    const journalFolder = runFolder(workspaceRoot, summary.run);
    return {
      content: contentOf(summary),
      workspaceRoot,
      journalFolder,
      readEvents: async () => (await readJournal(journalFolder)).events.filter(isKnownEvent),
    };
  });
}

function isKnownEvent(event: RunEvent): boolean {
  return runEventBody.safeParse(event).success;
}

function contentOf({ run, status, durationMs, ...texts }: RunSummary): RunContent {
  const known = Object.fromEntries(Object.entries(texts).filter(([, value]) => typeof value === "string"));
  return {
    kind: "run",
    run,
    state: status,
    ...(typeof durationMs === "number" ? { durationMs } : {}),
    ...known,
  };
}

import { runFolder } from "#runs/journal/journal-folder.ts";
import { readJournal } from "#runs/journal/journal-reader.ts";
import { listRuns, type RunSummary } from "#runs/journal/run-list.ts";
import type { RunContent } from "#runs/tree/run-node.ts";
import type { EarlierRun } from "./run-collection.ts";

/** The newest runs that the journals of a folder tell of. Their events are read when somebody opens them. */
export async function earlierRuns(workspaceRoot: string, most: number): Promise<readonly EarlierRun[]> {
  if (most === 0) return [];
  const summaries = await listRuns(workspaceRoot);
  return summaries.slice(0, most).map((summary) => {
    const journalFolder = runFolder(workspaceRoot, summary.run);
    return {
      content: contentOf(summary),
      workspaceRoot,
      journalFolder,
      settledChanges: async () => {
        const { runChanges } = await import("#runs/session/run-changes.ts");
        const changes = await runChanges(workspaceRoot, summary.run);
        return changes.ok ? changes.value.settled() : new Map();
      },
      readEvents: async () => (await readJournal(journalFolder)).events,
    };
  });
}

function contentOf({ status, ...facts }: RunSummary): RunContent {
  return { kind: "run", state: status, ...facts };
}

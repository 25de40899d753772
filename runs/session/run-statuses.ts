import type { RunStatusService } from "#broker/services.ts";
import { findRun } from "#runs/journal/run-list.ts";

const openStatuses: ReadonlySet<string> = new Set(["running", "waiting", "interrupted"]);

/** How the runs of a workspace stand, by their journals. One that was interrupted can be resumed: it is not over. */
export function runStatuses(workspaceRoot: string): RunStatusService {
  return {
    async status(run) {
      const found = await findRun(workspaceRoot, run);
      return found && { status: found.status, terminal: !openStatuses.has(found.status) };
    },
  };
}

import type { WorkspaceService } from "#broker/services.ts";
import { fail } from "#common/result.ts";
import type { RunEventOf } from "#protocol/events/events.ts";
import type { Plan } from "#runs/session/plan.ts";

export type WorkspaceChanges = RunEventOf<"workspace.changed">["changes"];

/** The files of a run and what it changed of them. */
export interface RunWorkspace {
  readonly service: WorkspaceService;
  /** Files that the run created, modified or deleted, on a copied workspace. */
  changes(): Promise<WorkspaceChanges>;
}

/** Opens the workspace in the plan's mode; changes of a copied one go below the run's folder. */
export function openWorkspace(_plan: Plan, _runFolder: string): RunWorkspace {
  const denied = async () => fail({ code: "file-denied", message: "not there yet" });
  return {
    service: { read: denied, write: denied, status: denied, list: denied, module: denied },
    changes: async () => [],
  };
}

import type { JsonObject } from "#common/json.ts";
import type { ExitCode } from "#protocol/exit-codes.ts";
import { forkRun } from "#runs/session/fork-run.ts";
import { printAside } from "../output/terminal.ts";
import { refuse } from "../refuse.ts";
import { existingRun } from "./existing-run.ts";
import { resume } from "./resume.ts";

export interface ForkOptions {
  readonly checkpoint: number;
  readonly state: JsonObject;
  readonly json: boolean;
  readonly yes: boolean;
}

/** `runs fork ID`: a new run that goes on from a checkpoint of an earlier one, with other values in its state. */
export async function fork(id: string, { checkpoint, state, json, yes }: ForkOptions): Promise<ExitCode> {
  const workspaceRoot = process.cwd();
  const { run } = await existingRun(id);
  const forked = await forkRun({ run, workspaceRoot, checkpoint, state });
  if (!forked.ok) return refuse(forked.error, workspaceRoot);
  printAside(`Run ${forked.value} goes on from checkpoint ${checkpoint} of ${run}.`);
  return resume(forked.value, { json, yes });
}

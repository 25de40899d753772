import type { ExitCode } from "#protocol/exit-codes.ts";
import { planResume, resumeRun } from "#runs/session/resume-run.ts";
import { refuse } from "../refuse.ts";
import { sandboxSetup } from "../sandbox-setup.ts";
import { existingRun } from "./existing-run.ts";
import { follow, servicesFor } from "./follow-run.ts";

/** `runs resume ID`: goes on with a run that did not complete, and shows it from there. */
export async function resume(
  id: string,
  { json, yes }: { readonly json: boolean; readonly yes: boolean },
): Promise<ExitCode> {
  const workspaceRoot = process.cwd();
  const { run } = await existingRun(id);
  const planned = await planResume({ run, workspaceRoot, sandboxSetup, grantAll: yes });
  if (!planned.ok) return refuse(planned.error, workspaceRoot);
  const { plan } = planned.value;
  const resumed = await resumeRun(planned.value, await servicesFor(plan, json));
  if (!resumed.ok) return refuse(resumed.error, workspaceRoot);
  return follow(resumed.value, plan, json);
}

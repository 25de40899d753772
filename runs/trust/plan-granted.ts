import { fail, ok, type Result } from "#common/result.ts";
import { type Plan, preparePlan } from "#runs/session/plan.ts";
import type { RunRequest, StartProblem } from "#runs/session/session.ts";
import { changedSincePlanned } from "#runs/session/start-run.ts";
import { type ChangedWishes, changesSinceDecided, keepDecision } from "#runs/trust/decide.ts";

/**
 * Asks a person what to grant of a plan, and how that differs from what they decided before. Gives the ids of what is
 * granted; undefined when nothing is decided.
 */
export type AskGrants = (plan: Plan, changed: ChangedWishes) => Promise<ReadonlySet<string> | undefined>;

/**
 * The plan of a request after the person was asked about what nobody decided yet. Undefined when they closed the
 * question. What they saw is what is planned: a file that changed meanwhile is a failure.
 */
export async function planGranted(
  request: RunRequest,
  ask: AskGrants,
): Promise<Result<Plan | undefined, StartProblem>> {
  const plan = await preparePlan(request);
  if (!plan.ok || request.folderTrust === "restricted" || request.grantAll) return plan;
  const isOpen = plan.value.asked.some(({ state, isDecided }) => state === "asked" && !isDecided);
  return isOpen ? planAnew(plan.value, ask) : plan;
}

/** The plan after the person decided again about all that it asks for. */
export async function planAnew(seen: Plan, ask: AskGrants): Promise<Result<Plan | undefined, StartProblem>> {
  const granted = await ask(seen, await changesSinceDecided(seen.asked));
  if (!granted) return ok(undefined);
  const kept = await keepDecision(seen.asked, granted);
  if (!kept.ok) return fail({ code: "grants-unwritable", message: kept.error, exitCode: 2 });
  const plan = await preparePlan(seen.request);
  return plan.ok && plan.value.contents !== seen.contents ? fail(changedSincePlanned(seen)) : plan;
}

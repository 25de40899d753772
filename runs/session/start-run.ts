import { rm } from "node:fs/promises";
import { errorText } from "#common/error-text.ts";
import { fail, ok, type Result } from "#common/result.ts";
import { createRunFolder } from "#runs/journal/journal-folder.ts";
import { sealJournal } from "#runs/journal/journal-seal.ts";
import { JournalWriter } from "#runs/journal/journal-writer.ts";
import { newRunId } from "#runs/journal/run-id.ts";
import { ActiveRun } from "#runs/session/active-run.ts";
import type { RunServices } from "#runs/session/broker-services.ts";
import { type Plan, preparePlan } from "#runs/session/plan.ts";
import { redactorOf, withoutSecrets } from "#runs/session/run-redactor.ts";
import type { RunHandle, StartProblem } from "#runs/session/session.ts";

/**
 * Starts a planned run: the one way to execute anything. The plan is resolved again first, and the run is refused
 * when anything changed since it was shown. With the handle in hand the journal exists and the run is under way;
 * with a problem nothing was started and nothing is left.
 */
export async function startRun(plan: Plan, services: RunServices): Promise<Result<RunHandle, StartProblem>> {
  const [now, available, redactor] = await Promise.all([
    preparePlan(plan.request),
    services.isolation.check(),
    redactorOf(plan.config, services),
  ]);
  if (!now.ok) return now;
  if (now.value.manifest !== plan.manifest) return fail(changedSincePlanned(plan));
  if (!available.ok) return fail({ ...available.error, exitCode: 3 });
  const run = newRunId();
  const folder = await createRunFolder(plan.request.workspaceRoot, run);
  if (!folder.ok) return fail({ code: "journal-unwritable", message: folder.error, exitCode: 2 });
  const journal = await openJournal(folder.value);
  if (!journal.ok) return journal;
  const active = new ActiveRun({
    run,
    plan: withoutSecrets(plan, redactor),
    services,
    redactor,
    folder: folder.value,
    journal: journal.value,
  });
  // Its first event is written, and nobody has seen it yet: a run that is killed once it was seen can go on.
  const handle = active.start();
  if (!services.cases) await sealJournal(plan.request.workspaceRoot, run);
  return ok(handle);
}

/** The journal of a new run; without one nothing is left of the run. */
async function openJournal(folder: string): Promise<Result<JournalWriter, StartProblem>> {
  try {
    return ok(new JournalWriter(folder));
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    const message = `The journal can't be written to ${folder}: ${errorText(error)}.`;
    return fail({ code: "journal-unwritable", message, exitCode: 2 });
  }
}

/** A file changed between the look at a plan and its start: it would be another plan. */
export function changedSincePlanned(plan: Plan): StartProblem {
  return {
    code: "plan-changed",
    message: `${plan.file}, a module, its sidecar or its config changed after it was reviewed.`,
    remedy: "Look at it again, then start it again.",
    exitCode: 2,
  };
}

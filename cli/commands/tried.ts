import { type ExitCode, exitCodes } from "#protocol/exit-codes.ts";
import { withRevision } from "#review/git/with-revision.ts";
import { triedCapabilities } from "#runs/comparison/tried-capabilities.ts";
import { runFolder } from "#runs/journal/journal-folder.ts";
import { readJournal } from "#runs/journal/journal-reader.ts";
import { preparePlan } from "#runs/session/plan.ts";
import { planManifest } from "#runs/session/plan-manifest.ts";
import { readReplayed, requestOf } from "#runs/session/resume-run.ts";
import type { RunRequest } from "#runs/session/session.ts";
import { trialRequest } from "#runs/trial/trial-request.ts";
import { printProblem } from "../output/problem-text.ts";
import { print, printJson } from "../output/terminal.ts";
import { triedText } from "../output/tried-text.ts";
import { refuse } from "../refuse.ts";
import { sandboxSetup } from "../sandbox-setup.ts";
import { existingRun } from "./existing-run.ts";

/** `runs tried ID`: what a run did and tried, beside what its files declare now, or did in the commit that it was of. */
export async function tried(id: string, { json }: { readonly json: boolean }): Promise<ExitCode> {
  const { run, file = "", revision } = await existingRun(id);
  const root = process.cwd();
  if (revision === undefined) {
    const read = await readReplayed(root, run);
    if (!read.ok) return refuse(read.error, root);
    return show(
      run,
      requestOf(read.value, { workspaceRoot: root, run, grantAll: false, sandboxSetup }),
      json,
    );
  }
  const shown = await withRevision(root, revision, (files) =>
    show(run, trialRequest({ workspaceRoot: root, file, files, sandboxSetup }), json),
  );
  if (shown.ok) return shown.value;
  printProblem(shown.error.message);
  return exitCodes.usage;
}

async function show(run: string, request: RunRequest, json: boolean): Promise<ExitCode> {
  const plan = await preparePlan(request);
  if (!plan.ok) return refuse(plan.error, request.workspaceRoot);
  const { entries } = await planManifest(plan.value);
  const { events } = await readJournal(runFolder(request.workspaceRoot, run));
  const report = triedCapabilities(events, entries);
  if (json) printJson(report);
  else print(triedText(report));
  return exitCodes.done;
}

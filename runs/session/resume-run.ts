import path from "node:path";
import { errorText } from "#common/error-text.ts";
import { fail, ok, type Result } from "#common/result.ts";
import type { RunEvent } from "#protocol/events/events.ts";
import { runFolder } from "#runs/journal/journal-folder.ts";
import { journalBytes, readJournal } from "#runs/journal/journal-reader.ts";
import { isOwnJournal } from "#runs/journal/journal-seal.ts";
import { type EarlierPart, JournalWriter } from "#runs/journal/journal-writer.ts";
import { type RecordedRun, recordedRun } from "#runs/journal/recorded-run.ts";
import { claimRun, releaseRun } from "#runs/journal/run-claim.ts";
import { ActiveRun } from "#runs/session/active-run.ts";
import type { RunServices } from "#runs/session/broker-services.ts";
import { type Plan, preparePlan } from "#runs/session/plan.ts";
import { redactorOf, withoutSecrets } from "#runs/session/run-redactor.ts";
import type { RunHandle, RunRequest, StartProblem } from "#runs/session/session.ts";

/** Which run goes on, and what its journal can't say: grants count for one part of a run only. */
export interface ResumeRequest extends Pick<RunRequest, "workspaceRoot" | "sandboxSetup" | "grantAll"> {
  readonly run: string;
}

/** A run of the past with the plan under which it would go on. */
export interface ResumePlan {
  readonly run: string;
  readonly plan: Plan;
  readonly recorded: RecordedRun;
  /** Where the journal ended when it was read. */
  readonly earlier: EarlierPart;
}

/** The plan of a run that is to go on. */
export async function planResume(request: ResumeRequest): Promise<Result<ResumePlan, StartProblem>> {
  const read = await readResumable(request.workspaceRoot, request.run);
  return read.ok ? planAgain(read.value, request) : read;
}

/** The plan is resolved again: the file as it is now, everything else as it was asked for. */
export async function planAgain(
  read: ReadRun,
  request: ResumeRequest,
): Promise<Result<ResumePlan, StartProblem>> {
  if (read.recorded.started.revision !== undefined) return fail(ofAnotherRevision(request.run));
  const plan = await preparePlan(requestOf(read, request));
  return plan.ok ? ok({ run: request.run, plan: plan.value, ...read }) : plan;
}

/**
 * Goes on with a run: the procedure begins again, its journal answers up to the last entry, and the new events stand
 * behind the old ones. Refused when the run is over, or when another process has it.
 */
export async function resumeRun(
  planned: ResumePlan,
  services: RunServices,
): Promise<Result<RunHandle, StartProblem>> {
  const { run, plan } = planned;
  const [available, redactor] = await Promise.all([
    services.isolation.check(),
    redactorOf(plan.config, services),
  ]);
  if (!available.ok) return fail({ ...available.error, exitCode: 3 });
  const { workspaceRoot } = plan.request;
  const folder = runFolder(workspaceRoot, run);
  const claimed = claim(folder, run);
  if (!claimed.ok) return claimed;
  // Another process may have gone on with the run in the meantime.
  const unchanged = (await journalBytes(folder).catch(() => 0)) === planned.earlier.bytes;
  const read = unchanged ? ok(planned) : await readResumable(workspaceRoot, run);
  if (!read.ok) {
    releaseRun(folder);
    return read;
  }
  try {
    const journal = new JournalWriter(folder, undefined, read.value.earlier);
    const { recorded } = read.value;
    return ok(
      new ActiveRun({
        run,
        plan: withoutSecrets(plan, redactor),
        services,
        redactor,
        folder,
        journal,
        recorded,
      }).start(),
    );
  } catch (error) {
    releaseRun(folder);
    return fail(journalProblem(folder, error));
  }
}

/** What was asked for when the run began; where it runs is not taken from a journal of somebody else. */
export function requestOf({ isOwn, recorded: { started } }: ReadRun, request: ResumeRequest): RunRequest {
  const { workspaceRoot, sandboxSetup, grantAll } = request;
  const { origin, file, isolation, workspace } = started;
  return {
    file: path.join(workspaceRoot, file),
    workspaceRoot,
    ...(isOwn && { isolation }),
    input: origin?.input ?? {},
    textInput: origin?.textInput ?? {},
    mock: origin?.mock ?? false,
    grantAll,
    ...(sandboxSetup && { sandboxSetup }),
    ...(workspace !== undefined && { workspace }),
    ...(origin?.procedure !== undefined && { procedure: origin.procedure }),
    ...(origin?.timeoutSeconds !== undefined && { timeoutSeconds: origin.timeoutSeconds }),
  };
}

export interface ReadRun {
  /** It began here; one that came with the folder decides nothing. */
  readonly isOwn: boolean;
  readonly recorded: RecordedRun;
  readonly earlier: EarlierPart;
}

/** A run of this person that can go on. */
async function readResumable(workspaceRoot: string, run: string): Promise<Result<ReadRun, StartProblem>> {
  const read = await readRun(workspaceRoot, run);
  if (read.ok && !read.value.isOwn) return fail(journalForeign(run));
  return read.ok && read.value.recorded.status === "completed" ? fail(over(run)) : read;
}

/** A run that can be replayed; `to`: the last event that counts. */
export function readReplayed(
  workspaceRoot: string,
  run: string,
  to: number = Number.POSITIVE_INFINITY,
): Promise<Result<ReadRun, StartProblem>> {
  const read = (events: readonly RunEvent[]) =>
    recordedRun(
      events.filter(({ seq }) => seq <= to),
      "replay",
    );
  return readRun(workspaceRoot, run, read);
}

async function readRun(
  workspaceRoot: string,
  run: string,
  read: (events: readonly RunEvent[]) => RecordedRun | undefined = recordedRun,
): Promise<Result<ReadRun, StartProblem>> {
  const folder = runFolder(workspaceRoot, run);
  try {
    const { events, soundBytes, damagedLine } = await readJournal(folder);
    if (damagedLine !== undefined) return fail(journalDamaged(run, damagedLine));
    const recorded = read(events);
    const last = events.at(-1);
    if (!recorded?.started.origin || !last) return fail(unreadable(run));
    const isOwn = await isOwnJournal(workspaceRoot, run);
    return ok({
      isOwn,
      recorded,
      earlier: { seq: last.seq, bytes: soundBytes, time: Date.parse(last.time) },
    });
  } catch (error) {
    return fail(journalProblem(folder, error));
  }
}

/** Its files are not those of the folder, and what it was not given it must not get by going on. */
function ofAnotherRevision(run: string): StartProblem {
  return {
    code: "run-not-resumable",
    message: `Run ${run} was a trial of files that are not those of the folder.`,
    remedy: "Start another trial of the same change.",
    exitCode: 2,
  };
}

/** Takes the run for this process, or says who has it. */
export function claim(folder: string, run: string): Result<void, StartProblem> {
  try {
    const { owner } = claimRun(folder);
    return owner === undefined ? ok(undefined) : fail(inUse(run, owner));
  } catch (error) {
    return fail(journalProblem(folder, error));
  }
}

/** A journal that came with a folder would decide what this person's run does and is told. */
export function journalForeign(run: string): StartProblem {
  return {
    code: "journal-foreign",
    message: `The journal of run ${run} did not begin here: it came with the folder, was moved or changed, or your data folder could not be written when it began.`,
    remedy: "It can be looked at and replayed. To go on, start a new run.",
    exitCode: 2,
  };
}

function over(run: string): StartProblem {
  return {
    code: "run-over",
    message: `Run ${run} has completed: there is nothing to go on with.`,
    remedy: "Start a new run, or look at it with `runs show`.",
    exitCode: 2,
  };
}

function inUse(run: string, owner: number): StartProblem {
  return {
    code: "run-in-use",
    message: `Run ${run} is under way in another process (${owner}).`,
    remedy: "Wait until it has ended, or end that process.",
    exitCode: 2,
  };
}

function unreadable(run: string): StartProblem {
  return {
    code: "run-not-resumable",
    message: `The journal of run ${run} does not begin as one that can be resumed.`,
    remedy: "Start a new run.",
    exitCode: 2,
  };
}

/** What the damaged line said was done outside can't be known, so that it might be done again. */
export function journalDamaged(run: string, line: number): StartProblem {
  return {
    code: "journal-damaged",
    message: `The journal of run ${run} is damaged at line ${line}, or a later version wrote it. What was done there can't be known, so nothing goes on from it.`,
    remedy: `\`tactus-studio runs events ${run}\` shows what can still be read. Start a new run.`,
    exitCode: 2,
  };
}

/** The journal can't be read or written. */
export function journalProblem(folder: string, error: unknown): StartProblem {
  return {
    code: "journal-unwritable",
    message: `The journal in ${folder} can't be read or written: ${errorText(error)}.`,
    exitCode: 2,
  };
}

import path from "node:path";
import { deadlineOf } from "#broker/humans/deadline.ts";
import { settleAnswer } from "#broker/humans/settle-answer.ts";
import type { Json } from "#common/json.ts";
import { fail, ok, type Result } from "#common/result.ts";
import type { RunEventOf } from "#protocol/events/events.ts";
import type { SettleAnswer } from "#protocol/humans/human-question.ts";
import { runFolder } from "#runs/journal/journal-folder.ts";
import { type JournalContent, readJournal } from "#runs/journal/journal-reader.ts";
import { isOwnJournal } from "#runs/journal/journal-seal.ts";
import { JournalWriter } from "#runs/journal/journal-writer.ts";
import { type UnansweredQuestion, unansweredQuestions } from "#runs/journal/open-questions.ts";
import { releaseRun } from "#runs/journal/run-claim.ts";
import { listRuns } from "#runs/journal/run-list.ts";
import { claim, journalDamaged, journalForeign, journalProblem } from "#runs/session/resume-run.ts";
import type { StartProblem } from "#runs/session/session.ts";
import { openWorkspace } from "#sandbox/workspace/open-workspace.ts";

/** A question that a run of the past waits for. */
export interface WaitingQuestion extends UnansweredQuestion {
  readonly run: string;
  /** The procedure, relative to its workspace. */
  readonly file: string;
  readonly settle: SettleAnswer;
  /** When it is answered no more, in milliseconds since 1970. */
  readonly deadline?: number;
}

/** Runs that are looked through for questions. */
const mostRuns = 100;

/**
 * The questions of a workspace's runs that ended and wait for a person, or were killed while they asked one. The
 * newest runs first.
 */
export async function waitingQuestions(workspaceRoot: string): Promise<readonly WaitingQuestion[]> {
  const runs = (await listRuns(workspaceRoot)).slice(0, mostRuns);
  const waiting = runs.filter(({ status }) => status === "waiting" || status === "interrupted");
  const questions = await Promise.all(waiting.map(({ run }) => questionsOfRun(workspaceRoot, run)));
  return questions.flat();
}

/** The open questions of one run; none when its journal can't be read, or is somebody else's. */
export async function questionsOfRun(
  workspaceRoot: string,
  run: string,
): Promise<readonly WaitingQuestion[]> {
  const folder = runFolder(workspaceRoot, run);
  const journal = await readJournal(folder).catch(() => undefined);
  const started = journal?.events[0];
  // A trial does not go on: nobody waits for the answer.
  if (!journal || started?.type !== "run.started" || started.revision !== undefined) return [];
  if (!(await isOwnJournal(workspaceRoot, run))) return [];
  const settle = settlesFor(workspaceRoot, folder, started);
  return unansweredQuestions(journal.events).map((open) => {
    const deadline = deadlineOf(open.question, Date.parse(open.askedAt));
    return { ...open, run, file: started.file, settle, ...(deadline !== undefined && { deadline }) };
  });
}

/** Files that are handed over are looked up where the run will read them. */
function settlesFor(
  root: string,
  folder: string,
  { file, workspace: mode = "copy" }: RunEventOf<"run.started">,
): SettleAnswer {
  const changesFolder = path.join(folder, "changes");
  const files = openWorkspace({ mode, root, procedureFile: file, changesFolder });
  return (question, given) => settleAnswer(question, given, files);
}

/**
 * Keeps the settled answer to a question in the journal of its run, which then can go on with it. Refused when the
 * question is answered already, its time is over, or another process has the run.
 */
export async function storeAnswer(
  workspaceRoot: string,
  { run, question }: Pick<WaitingQuestion, "run" | "question">,
  value: Json,
): Promise<Result<void, StartProblem>> {
  const folder = runFolder(workspaceRoot, run);
  if (!(await isOwnJournal(workspaceRoot, run))) return fail(journalForeign(run));
  const claimed = claim(folder, run);
  if (!claimed.ok) return claimed;
  try {
    const journal = await readJournal(folder);
    if (journal.damagedLine !== undefined) return fail(journalDamaged(run, journal.damagedLine));
    const open = unansweredQuestions(journal.events).find((other) => other.question.id === question.id);
    if (!open) return fail(notAsked(run, question.id));
    const deadline = deadlineOf(open.question, Date.parse(open.askedAt));
    if (deadline !== undefined && deadline <= Date.now()) return fail(tooLate(run));
    await append(folder, journal, open, value);
    return ok(undefined);
  } catch (error) {
    return fail(journalProblem(folder, error));
  } finally {
    releaseRun(folder);
  }
}

async function append(
  folder: string,
  { events, soundBytes }: JournalContent,
  { question: { id: request, kind } }: UnansweredQuestion,
  value: Json,
): Promise<void> {
  const last = events.at(-1);
  const earlier = { seq: last?.seq ?? 0, bytes: soundBytes, time: Date.parse(last?.time ?? "") || 0 };
  const writer = new JournalWriter(folder, undefined, earlier);
  let failed = false;
  writer.onProblem = () => {
    failed = true;
  };
  writer.append({ type: "human.responded", request, kind, value, by: "person" });
  await writer.flush();
  writer.close();
  if (failed) throw new Error("the answer could not be written");
}

/** No open question of that id. */
export function notAsked(run: string, request: string): StartProblem {
  return {
    code: "question-unknown",
    message: `Run ${run} has no open question ${JSON.stringify(request.slice(0, 40))}.`,
    remedy: `See what it asks with \`tactus-studio runs show ${run}\`.`,
    exitCode: 2,
  };
}

function tooLate(run: string): StartProblem {
  return {
    code: "question-expired",
    message: "The time for an answer is over: the run goes on with the question's default.",
    remedy: `\`tactus-studio runs resume ${run}\` goes on with it.`,
    exitCode: 2,
  };
}

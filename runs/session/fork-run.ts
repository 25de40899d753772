import { rm, writeFile } from "node:fs/promises";
import path from "node:path";
import type { Json, JsonObject } from "#common/json.ts";
import { fail, ok, type Result } from "#common/result.ts";
import type { RunEvent, RunEventOf } from "#protocol/events/events.ts";
import { createRunFolder, journalFile, runFolder } from "#runs/journal/journal-folder.ts";
import { readJournal } from "#runs/journal/journal-reader.ts";
import { isOwnJournal, sealJournal } from "#runs/journal/journal-seal.ts";
import { journalLine } from "#runs/journal/journal-writer.ts";
import { releaseRun } from "#runs/journal/run-claim.ts";
import { newRunId } from "#runs/journal/run-id.ts";
import {
  journalDamaged,
  journalForeign,
  journalProblem,
  type ResumeRequest,
} from "#runs/session/resume-run.ts";
import type { StartProblem } from "#runs/session/session.ts";

/** Where a run branches off, and what is different from there on. */
export interface ForkRequest extends Pick<ResumeRequest, "run" | "workspaceRoot"> {
  /** Number of the last checkpoint that the fork has from the run. */
  readonly checkpoint: number;
  /** Fields of `state` that get another value behind it; null removes one. */
  readonly state: JsonObject;
}

/**
 * Makes a new run out of the beginning of an earlier one, up to a checkpoint: `resumeRun` goes on with it from there.
 * The earlier run stays as it is. Gives the id of the new one.
 */
export async function forkRun(request: ForkRequest): Promise<Result<string, StartProblem>> {
  const { workspaceRoot, run } = request;
  const parent = runFolder(workspaceRoot, run);
  try {
    const { events, damagedLine } = await readJournal(parent);
    if (damagedLine !== undefined) return fail(journalDamaged(run, damagedLine));
    if (!(await isOwnJournal(workspaceRoot, run))) return fail(journalForeign(run));
    const fork = newRunId();
    const beginning = forkedEvents(events, request, fork);
    if (!beginning) return fail(checkpointUnknown(request, events));
    const folder = await createRunFolder(workspaceRoot, fork);
    if (!folder.ok) return fail({ code: "journal-unwritable", message: folder.error, exitCode: 2 });
    await writeBeginning(folder.value, beginning);
    await sealJournal(workspaceRoot, fork);
    releaseRun(folder.value);
    return ok(fork);
  } catch (error) {
    return fail(journalProblem(parent, error));
  }
}

async function writeBeginning(folder: string, events: readonly RunEvent[]): Promise<void> {
  const lines = events.map(journalLine).join("");
  try {
    await writeFile(path.join(folder, journalFile), lines, { flag: "wx", mode: 0o600 });
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}

/** What `state` held behind a checkpoint, as the journal was told of it. */
export function stateBehind(events: readonly RunEvent[], checkpoint: number): JsonObject {
  const end = events.findIndex((event) => isMade(event) && event.index === checkpoint);
  const state: Record<string, Json> = {};
  for (const event of events.slice(0, end + 1)) {
    if (event.type !== "state") continue;
    if (event.value === null) delete state[event.key];
    else state[event.key] = event.value;
  }
  return state;
}

/** Events that belong to one part of a run, not to what happened in it. */
const eventsOfParts: ReadonlySet<string> = new Set([
  "run.started",
  "run.finished",
  "workspace.changed",
  "sandbox.assigned",
]);

/** The events up to the checkpoint as those of the new run; undefined when there is no such checkpoint. */
function forkedEvents(
  events: readonly RunEvent[],
  { run, checkpoint, state }: ForkRequest,
  fork: string,
): readonly RunEvent[] | undefined {
  const [started] = events;
  const end = events.findIndex((event) => isMade(event) && event.index === checkpoint);
  if (started?.type !== "run.started" || end === -1) return undefined;
  const happened = events
    .slice(1, end + 1)
    .filter((event) => !eventsOfParts.has(event.type) && (event.type !== "checkpoint" || isMade(event)));
  const earlier = started.forkedFrom?.edits.filter((edit) => edit.checkpoint <= checkpoint) ?? [];
  const edits = Object.keys(state).length === 0 ? earlier : [...earlier, { checkpoint, state }];
  const first = { ...started, run: fork, resumed: false, forkedFrom: { run, checkpoint, edits } };
  return [first, ...happened].map((event, index) => ({ ...event, seq: index + 1 }));
}

/** A checkpoint at the time when its step ran, not when a later part of the run came by again. */
function isMade(event: RunEvent): event is RunEventOf<"checkpoint"> {
  return event.type === "checkpoint" && !event.replayed;
}

function checkpointUnknown({ run, checkpoint }: ForkRequest, events: readonly RunEvent[]): StartProblem {
  const made = events.filter(isMade).map(({ index }) => index);
  const known = made.length === 0 ? "it has none" : `it has ${made[0]} to ${made.at(-1)}`;
  return {
    code: "checkpoint-unknown",
    message: `Run ${run} has no checkpoint ${checkpoint}: ${known}.`,
    remedy: `Look at it with \`runs show ${run}\`.`,
    exitCode: 2,
  };
}

import type { Json } from "#common/json.ts";
import type { At, StateEdit } from "../events/events.ts";

/**
 * What a journal tells a resumed run, in the order in which it happened. The host reads it out of the events; the
 * runtime answers from it instead of asking again.
 */
export type RecordedEntry = RecordedRequest | RecordedCheckpoint;

/** One request of the run to its host, and what came of it. */
export interface RecordedRequest {
  readonly kind: "request";
  readonly seq: number;
  /** Counts from 1 over the whole run. */
  readonly request: number;
  readonly method: string;
  /** The tool, agent, path … that it was about. */
  readonly name?: string | undefined;
  readonly at?: At | undefined;
  /** Hash of its parameters. */
  readonly digest: string;
  readonly clock?: readonly number[] | undefined;
  /** Absent: it was under way when the run ended, and is made once more. */
  readonly outcome?: RequestOutcome | undefined;
}

type RequestOutcome =
  | { readonly value: Json }
  | { readonly error: { readonly code: string; readonly message: string } };

/** One checkpoint that was completed. */
export interface RecordedCheckpoint {
  readonly kind: "checkpoint";
  readonly seq: number;
  readonly index: number;
  readonly step: string;
  readonly name?: string | undefined;
  readonly at?: At | undefined;
  /** JSON text of the value, exactly as it was; absent for nil. */
  readonly text?: string | undefined;
  readonly clock?: readonly number[] | undefined;
}

/** How a run begins that has a past, or only a past. */
export interface RecordedStart {
  /** Completed entries; `journal.read` gives them. */
  readonly entries: number;
  /** True when nothing may happen beyond them. */
  readonly replayOnly: boolean;
  /** State that the person edited: set behind its checkpoint in each part of the run. */
  readonly edits?: readonly StateEdit[];
  /** Files that the past wrote are written again: the run has a copy of its own that does not have them yet. */
  readonly rewritesFiles?: boolean;
}

/** The code of a refusal that ends the run for now: what it asked for comes later, and `resume` goes on. */
export const waitingCode = "waiting";

/** Methods that read source text or the journal itself: they are done anew in each part of a run. */
export const unrecordedMethods: ReadonlySet<string> = new Set([
  "journal.read",
  "module.read",
  "program.read",
]);

/** Whether nobody outside could notice that a request is made once more, so that its answer need not be on the disk before it counts. */
export function isHarmless(method: string): boolean {
  return method.startsWith("file.") || method === "plugin.list";
}

/** Methods that write files of the workspace. */
export const writingMethods: ReadonlySet<string> = new Set(["file.write", "file.writeBytes"]);

/** Methods by which a run reaches others: each is to be told of in the journal before it is asked for. */
const reachingMethods: ReadonlySet<string> = new Set([
  "model.generate",
  "host.call",
  "mcp.call",
  "human.ask",
  ...writingMethods,
]);

/**
 * Whether a request must stand in the journal of its run. Files in memory are nobody else's, and those that a fork
 * writes again into its copy were told of when they were written first.
 */
export function mustBeTold(
  method: string,
  {
    filesInMemory = false,
    recorded,
  }: { readonly filesInMemory?: boolean; readonly recorded?: RecordedStart },
): boolean {
  const isOwnFile = filesInMemory || recorded?.rewritesFiles === true;
  return reachingMethods.has(method) && !(isOwnFile && isHarmless(method));
}

/** The id of a question to a person: the same in every part of a run. */
export function humanRequestId(request: number): string {
  return `q${request}`;
}

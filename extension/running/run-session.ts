import type { JsonObject } from "#common/json.ts";
import type { Result } from "#common/result.ts";
import type { RunEvent } from "#protocol/events/events.ts";
import type { RunServices } from "#runs/session/broker-services.ts";
import type { ForkRequest } from "#runs/session/fork-run.ts";
import type { ReplayWatch } from "#runs/session/replay-run.ts";
import type { RunHandle, RunRequest, StartProblem } from "#runs/session/session.ts";
import type { AskGrants } from "#runs/trust/plan-granted.ts";
import type { FieldDescription } from "../input-form/field-description.ts";

/** What the editor brings to a run beside the isolation: keys, models, the person, and who debugs it. */
export type SessionServices = Omit<RunServices, "isolation" | "cases">;

/** A run that was started, and what the person should know about it. */
export interface StartedRun {
  readonly handle: RunHandle;
  /** What differs from what they may expect. */
  readonly notices: readonly string[];
  /** What the folder's config asks for and did not get. */
  readonly ungranted: ReadonlyArray<{ readonly capability: string; readonly target: string }>;
}

/** A run of the past that goes on. */
export interface ResumedRun extends StartedRun {
  readonly request: RunRequest;
  /** What happened before. */
  readonly earlier: readonly RunEvent[];
}

/** How a review of what is asked for went. */
type GrantReview = "nothing asked" | "closed" | "decided";

/** The one way to run something, as the editor uses it. */
export interface RunSession {
  /** The person is asked what to grant first; undefined when they closed the question: nothing was started. */
  start(
    request: RunRequest,
    frontEnd: SessionServices,
    ask: AskGrants,
  ): Promise<Result<StartedRun | undefined, StartProblem>>;
  /** Asks again about everything that counts for a file. */
  review(request: RunRequest, ask: AskGrants): Promise<Result<GrantReview, StartProblem>>;
  resume(
    run: RunOfFolder,
    frontEnd: (request: RunRequest) => SessionServices,
  ): Promise<Result<ResumedRun, StartProblem>>;
  /** What `state` held behind a checkpoint. */
  stateBehind(run: RunOfFolder, checkpoint: number): Promise<JsonObject>;
  /** Makes a new run of the beginning of an earlier one and gives its id: `resume` goes on with it. */
  fork(request: ForkRequest): Promise<Result<string, StartProblem>>;
  /** Makes a run again up to an event, calling nothing; resolves when it is over, for whatever reason. */
  replay(start: RunOfFolder & { readonly to: number }, watch: ReplayWatch): Promise<void>;
}

interface RunOfFolder {
  readonly workspaceRoot: string;
  readonly run: string;
}

/** A procedure as its file declares it. */
interface ProcedureDescription {
  readonly name: string;
  /** From 1. */
  readonly line: number;
  readonly fields: readonly FieldDescription[];
}

/**
 * Reads which procedures a source declares. A source that can't be read declares none. `uri`: where its modules are
 * looked for; default: beside the file on the disk.
 */
export type DescribeProcedures = (
  source: string,
  file: string,
  uri?: string,
) => Promise<readonly ProcedureDescription[]>;

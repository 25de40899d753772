import type { Json } from "#common/json.ts";
import type { RunEvent, RunEventOf } from "#protocol/events/events.ts";
import type { Trial } from "#runs/trial/trial.ts";
import type { IsolationName } from "#sandbox/isolation.ts";
import type { SandboxSetup } from "#sandbox/setup.ts";

/** What a front end asks for. Paths are absolute; what is left out is decided by the config, else by the contract's defaults. */
export interface RunRequest {
  readonly file: string;
  /** Source to run instead of the file's content (an unsaved editor). */
  readonly source?: string;
  readonly workspaceRoot: string;
  /** The procedure of the file to run; absent: its entry point (`main`, or the only one). */
  readonly procedure?: string;
  readonly input: Readonly<Record<string, Json>>;
  /** Values given as text, coerced by the declared input types. */
  readonly textInput: Readonly<Record<string, string>>;
  /** Default: docker, unless the person's own config switches the container off. */
  readonly isolation?: IsolationName;
  /** Default: as `mount_current_dir` of the config says, else mount in a trusted folder, else copy. */
  readonly workspace?: WorkspaceMode;
  /** What the editor's Workspace Trust says of the folder; the command line has no such word and copies. */
  readonly folderTrust?: "trusted" | "restricted";
  readonly mock: boolean;
  readonly timeoutSeconds?: number;
  /** This installation, so that the plan names the image that will run. */
  readonly sandboxSetup?: SandboxSetup;
  /** `--yes`: grants what the folder's config asks for, for this one run, within the ceilings. */
  readonly grantAll: boolean;
  /** The files come from elsewhere and get nothing: `file` and the root need not be on the disk, no grant counts. */
  readonly trial?: Trial;
}

export type WorkspaceMode = "mount" | "copy" | "none";

/** A run that could not be started: nothing was run, nothing was left. `exitCode` is the contract's. */
export interface StartProblem {
  readonly code: string;
  readonly message: string;
  /** What to do about it. */
  readonly remedy?: string;
  readonly file?: string;
  readonly line?: number;
  readonly exitCode: 1 | 2 | 3;
}

/** A run under way. Events before subscription are not lost: `onEvent` first replays what has happened. */
export interface RunHandle {
  readonly id: string;
  /** Folder with `events.jsonl`. */
  readonly journalFolder: string;
  onEvent(listener: (event: RunEvent) => void): () => void;
  /** Settles with the last event; never rejects. */
  readonly finished: Promise<RunEventOf<"run.finished">>;
  cancel(): void;
}

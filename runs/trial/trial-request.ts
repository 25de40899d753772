import path from "node:path";
import type { Json } from "#common/json.ts";
import type { RunRequest } from "#runs/session/session.ts";
import type { Trial } from "#runs/trial/trial.ts";
import type { SandboxSetup } from "#sandbox/setup.ts";

/** What a front end asks of a trial run. */
export interface TrialWish extends Trial {
  /** Where its journal is kept, and where its changes would be applied: the root of the repository. */
  readonly workspaceRoot: string;
  /** Relative to the root, with forward slashes. */
  readonly file: string;
  readonly input?: Readonly<Record<string, Json>>;
  readonly textInput?: Readonly<Record<string, string>>;
  readonly procedure?: string | undefined;
  /** Docker, unless the person picks the weaker one by name. */
  readonly isolation?: RunRequest["isolation"];
  readonly timeoutSeconds?: number | undefined;
  readonly sandboxSetup?: SandboxSetup;
}

/** The request of a trial run: a copied workspace, nothing granted, models mocked unless it may spend something. */
export function trialRequest(wish: TrialWish): RunRequest {
  const { workspaceRoot, file, files, spend, procedure, timeoutSeconds, sandboxSetup } = wish;
  return {
    file: path.join(workspaceRoot, ...file.split("/")),
    workspaceRoot,
    input: wish.input ?? {},
    textInput: wish.textInput ?? {},
    isolation: wish.isolation ?? "docker",
    workspace: "copy",
    folderTrust: "restricted",
    mock: spend === undefined,
    grantAll: false,
    trial: { files, ...(spend !== undefined && { spend }) },
    ...(procedure !== undefined && { procedure }),
    ...(timeoutSeconds !== undefined && { timeoutSeconds }),
    ...(sandboxSetup && { sandboxSetup }),
  };
}

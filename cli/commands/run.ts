import path from "node:path";
import type { JsonObject } from "#common/json.ts";
import type { ExitCode } from "#protocol/exit-codes.ts";
import { preparePlan } from "#runs/session/plan.ts";
import type { RunRequest, WorkspaceMode } from "#runs/session/session.ts";
import { startRun } from "#runs/session/start-run.ts";
import type { IsolationName } from "#sandbox/isolation.ts";
import { refuse } from "../refuse.ts";
import { sandboxSetup } from "../sandbox-setup.ts";
import { workspaceRootOf } from "../workspace-root.ts";
import { follow, servicesFor } from "./follow-run.ts";

export interface RunOptions {
  readonly input: readonly string[];
  readonly inputJson?: JsonObject;
  readonly procedure?: string;
  readonly isolation?: IsolationName;
  readonly sandbox?: true;
  readonly mock: boolean;
  readonly json: boolean;
  readonly timeout?: number;
  readonly workspace?: WorkspaceMode;
  readonly yes: boolean;
  /** Not the folder's files but those of a commit, with nothing granted. */
  readonly revision?: string;
  readonly spend?: number;
}

/** `run FILE`: runs a procedure to its end and shows it. */
export async function run(file: string, options: RunOptions): Promise<ExitCode> {
  if (options.revision !== undefined) return runRevision(file, { ...options, revision: options.revision });
  const request = requestOf(path.resolve(file), options);
  const plan = await preparePlan(request);
  if (!plan.ok) return refuse(plan.error, request.workspaceRoot);
  const started = await startRun(plan.value, await servicesFor(plan.value, options.json));
  if (!started.ok) return refuse(started.error, request.workspaceRoot);
  return follow(started.value, plan.value, options.json);
}

async function runRevision(file: string, options: RunOptions & { revision: string }): Promise<ExitCode> {
  const { trial } = await import("./trial.ts");
  const { revision, spend, procedure, json, timeout } = options;
  return trial(file, {
    ...{ revision, procedure, json, timeoutSeconds: timeout },
    ...(spend !== undefined && { spend }),
    isolation: options.sandbox ? "docker" : options.isolation,
    input: options.inputJson ?? {},
    textInput: Object.fromEntries(options.input.map(splitInput)),
  });
}

function requestOf(file: string, options: RunOptions): RunRequest {
  const isolation = options.sandbox ? "docker" : options.isolation;
  return {
    file,
    workspaceRoot: workspaceRootOf(file),
    input: options.inputJson ?? {},
    textInput: Object.fromEntries(options.input.map(splitInput)),
    mock: options.mock,
    grantAll: options.yes,
    sandboxSetup,
    ...(options.procedure !== undefined && { procedure: options.procedure }),
    ...(isolation !== undefined && { isolation }),
    ...(options.workspace !== undefined && { workspace: options.workspace }),
    ...(options.timeout !== undefined && { timeoutSeconds: options.timeout }),
  };
}

function splitInput(text: string): [string, string] {
  const cut = text.indexOf("=");
  return [text.slice(0, cut), text.slice(cut + 1)];
}

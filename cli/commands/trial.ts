import path from "node:path";
import type { JsonObject } from "#common/json.ts";
import { type ExitCode, exitCodes } from "#protocol/exit-codes.ts";
import { findRepository } from "#review/git/find-repository.ts";
import { withRevision } from "#review/git/with-revision.ts";
import { preparePlan } from "#runs/session/plan.ts";
import { startRun } from "#runs/session/start-run.ts";
import { trialRequest } from "#runs/trial/trial-request.ts";
import type { IsolationName } from "#sandbox/isolation.ts";
import { printProblem } from "../output/problem-text.ts";
import { refuse } from "../refuse.ts";
import { sandboxSetup } from "../sandbox-setup.ts";
import { UsageError } from "../usage-error.ts";
import { follow, servicesFor } from "./follow-run.ts";

export interface TrialOptions {
  readonly revision: string;
  /** The most that models may cost, in US dollars; absent: they are mocked. */
  readonly spend?: number;
  readonly input: JsonObject;
  readonly textInput: Readonly<Record<string, string>>;
  readonly procedure?: string | undefined;
  readonly isolation?: IsolationName | undefined;
  readonly timeoutSeconds?: number | undefined;
  readonly json: boolean;
}

/** `run FILE --revision REV`: runs a file as it is in a commit, out of the repository's objects, with nothing granted. */
export async function trial(file: string, options: TrialOptions): Promise<ExitCode> {
  const repository = await findRepository(process.cwd());
  if (!repository.ok) throw new UsageError(repository.error.message);
  const { root } = repository.value;
  const { revision, json, ...wish } = options;
  const ended = await withRevision(root, revision, async (files) => {
    const request = trialRequest({
      ...wish,
      workspaceRoot: root,
      file: pathIn(root, file),
      files,
      sandboxSetup,
    });
    const plan = await preparePlan(request);
    if (!plan.ok) return refuse(plan.error, root);
    const started = await startRun(plan.value, await servicesFor(plan.value, json));
    return started.ok ? follow(started.value, plan.value, json) : refuse(started.error, root);
  });
  if (ended.ok) return ended.value;
  printProblem([ended.error.message, ended.error.remedy].filter(Boolean).join("\n"));
  return exitCodes.usage;
}

/** As the repository names it; the file need not be there. */
function pathIn(root: string, file: string): string {
  const relative = path.relative(root, path.resolve(file)).split(path.sep).join("/");
  if (relative === ".." || relative.startsWith("../") || path.isAbsolute(relative))
    throw new UsageError(`${file} lies outside of the repository ${root}.`);
  return relative;
}

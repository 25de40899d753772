import path from "node:path";
import { ok, type Result } from "#common/result.ts";
import type { CaseWork } from "#protocol/wire/cases.ts";
import { FileCases, type FileCasesOptions } from "#runs/cases/file-cases.ts";
import type { FrontEndServices } from "#runs/session/broker-services.ts";
import { createIsolation } from "#runs/session/isolations.ts";
import { type Plan, preparePlan } from "#runs/session/plan.ts";
import type { RunRequest, StartProblem } from "#runs/session/session.ts";
import type { Isolation, IsolationName } from "#sandbox/isolation.ts";
import type { SandboxSetup } from "#sandbox/setup.ts";

/** What `test` and `eval` ask for alike. Paths are absolute. */
export interface CaseActRequest {
  readonly files: readonly string[];
  readonly workspaceRoot: (file: string) => string;
  /** Default: as for a run. */
  readonly isolation?: IsolationName;
  /** Answers for models that declare no mock. */
  readonly mock: boolean;
  /** How often each case is run. */
  readonly runs: number;
  /** Sandboxes at a time. */
  readonly jobs: number;
  /** Longest time of one case. */
  readonly caseSeconds: number;
  readonly grantAll: boolean;
  readonly sandboxSetup: SandboxSetup;
  /** Where the sandboxes come from; default: each is started when it is needed. */
  readonly openIsolation?: (name: IsolationName) => Promise<Isolation>;
  readonly services?: FrontEndServices;
}

type FileParts<Planned> = Pick<FileCasesOptions<Planned>, "planCases" | "guess" | "casesPerSandbox"> & {
  readonly kind: CaseWork["kind"];
  readonly repeat?: number;
  readonly onReport?: FileCasesOptions<Planned>["onReport"];
};

/** A sandbox may work for a day: it is each case that has a limit. */
const sandboxSeconds = 24 * 3600;

/** Plans each file as a run is planned: nothing is started, and what is wrong with one stops all. */
export async function preparedFiles<Planned>(
  request: CaseActRequest,
  partsOf: (plan: Plan) => FileParts<Planned>,
): Promise<Result<readonly FileCases<Planned>[], StartProblem>> {
  const isolations = new Map<IsolationName, Promise<Isolation>>();
  const open = request.openIsolation ?? ((name) => createIsolation(name, request.sandboxSetup));
  const files: FileCases<Planned>[] = [];
  for (const file of request.files) {
    const plan = await preparePlan(runRequest(request, file));
    if (!plan.ok) return plan;
    const { kind, repeat, ...parts } = partsOf(plan.value);
    const { isolation: name } = plan.value;
    const isolation = isolations.get(name) ?? open(name);
    isolations.set(name, isolation);
    files.push(
      new FileCases({
        ...parts,
        plan: plan.value,
        work: { kind, seconds: request.caseSeconds },
        services: { ...request.services, isolation: await isolation },
        repeat: repeat ?? request.runs,
      }),
    );
  }
  return ok(files);
}

/** What cases write never reaches the folder. */
function runRequest(request: CaseActRequest, file: string): RunRequest {
  return {
    file: path.resolve(file),
    workspaceRoot: request.workspaceRoot(file),
    input: {},
    textInput: {},
    mock: request.mock,
    workspace: "copy",
    timeoutSeconds: sandboxSeconds,
    grantAll: request.grantAll,
    sandboxSetup: request.sandboxSetup,
    ...(request.isolation !== undefined && { isolation: request.isolation }),
  };
}

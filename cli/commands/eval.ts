import path from "node:path";
import { type ExitCode, exitCodes } from "#protocol/exit-codes.ts";
import type { EvaluationReport } from "#protocol/reports/evaluation-report.ts";
import { runEvaluation } from "#runs/evaluation/run-evaluation.ts";
import type { IsolationName } from "#sandbox/isolation.ts";
import { evaluationText } from "../output/evaluation-text.ts";
import { print, printJson } from "../output/terminal.ts";
import { progressLine } from "../output/test-lines.ts";
import { refuse } from "../refuse.ts";
import { sandboxSetup } from "../sandbox-setup.ts";
import { untilInterrupted } from "../until-interrupted.ts";
import { workspaceRootOf } from "../workspace-root.ts";

export interface EvaluationOptions {
  readonly runs?: number;
  readonly jobs: number;
  readonly mock: boolean;
  readonly isolation?: IsolationName;
  readonly sandbox?: true;
  readonly timeout: number;
  readonly json: boolean;
  readonly yes: boolean;
}

/** `eval FILE`: runs the evaluation of a file. */
export async function evaluate(file: string, options: EvaluationOptions): Promise<ExitCode> {
  const isolation = options.sandbox ? "docker" : options.isolation;
  const evaluated = await untilInterrupted((signal) =>
    runEvaluation(
      {
        file: path.resolve(file),
        workspaceRoot: workspaceRootOf,
        mock: options.mock,
        runs: options.runs,
        jobs: options.jobs,
        caseSeconds: options.timeout,
        grantAll: options.yes,
        sandboxSetup,
        ...(isolation !== undefined && { isolation }),
        ...(!options.json && { onRun: (name, status) => print(progressLine(file, { name, status })) }),
      },
      signal,
    ),
  );
  if (!evaluated.ok) return refuse(evaluated.error, process.cwd());
  if (options.json) printJson(evaluated.value);
  else print(evaluationText(evaluated.value));
  return exitCodeOf(evaluated.value);
}

function exitCodeOf({ cancelled, error, thresholds }: EvaluationReport): ExitCode {
  if (cancelled) return exitCodes.cancelled;
  return error || thresholds.some(({ met }) => !met) ? exitCodes.failed : exitCodes.done;
}

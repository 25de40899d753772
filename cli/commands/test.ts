import { availableParallelism } from "node:os";
import path from "node:path";
import { type ExitCode, exitCodes } from "#protocol/exit-codes.ts";
import type { TestReport } from "#protocol/reports/test-report.ts";
import { runTests, usualSeconds } from "#runs/testing/run-tests.ts";
import type { IsolationName } from "#sandbox/isolation.ts";
import { printProblem } from "../output/problem-text.ts";
import { print, printJson } from "../output/terminal.ts";
import { progressLine, testSummary } from "../output/test-lines.ts";
import { refuse } from "../refuse.ts";
import { sandboxSetup } from "../sandbox-setup.ts";
import { findSpecificationFiles } from "../specification-files.ts";
import { untilInterrupted } from "../until-interrupted.ts";
import { workspaceRootOf } from "../workspace-root.ts";

export interface TestOptions {
  readonly scenario?: string;
  readonly runs: number;
  readonly jobs?: number;
  readonly mock: boolean;
  readonly isolation?: IsolationName;
  readonly sandbox?: true;
  readonly timeout?: number;
  readonly json: boolean;
  readonly junit?: string;
  readonly yes: boolean;
}

/** `test PATH…`: runs the specifications of files. */
export async function test(paths: readonly string[], options: TestOptions): Promise<ExitCode> {
  const files = await findSpecificationFiles(paths);
  if (files.length === 0) {
    printProblem(`No specification was found in ${paths.join(", ")}.`);
    return exitCodes.failed;
  }
  const isolation = options.sandbox ? "docker" : options.isolation;
  const tested = await untilInterrupted((signal) =>
    runTests(
      {
        files,
        workspaceRoot: workspaceRootOf,
        mock: options.mock,
        runs: options.runs,
        jobs: options.jobs ?? availableParallelism(),
        caseSeconds: options.timeout ?? (options.mock ? usualSeconds.mocked : usualSeconds.real),
        grantAll: options.yes,
        sandboxSetup,
        ...(isolation !== undefined && { isolation }),
        ...(options.scenario !== undefined && { scenario: options.scenario }),
        ...(!options.json && { onScenario: (file, _scenario, report) => print(progressLine(file, report)) }),
      },
      signal,
    ),
  );
  if (!tested.ok) return refuse(tested.error, process.cwd());
  await showReport(tested.value, options);
  return exitCodeOf(tested.value);
}

async function showReport(report: TestReport, { json, junit }: TestOptions): Promise<void> {
  if (json) printJson(report);
  else print(testSummary(report));
  if (junit === undefined) return;
  const { writeJunit } = await import("../output/junit.ts");
  await writeJunit(path.resolve(junit), report);
}

function exitCodeOf({ cancelled, failed }: TestReport): ExitCode {
  if (cancelled) return exitCodes.cancelled;
  return failed > 0 ? exitCodes.failed : exitCodes.done;
}

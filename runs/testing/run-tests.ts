import path from "node:path";
import { fail, ok, type Result } from "#common/result.ts";
import type { TestReport } from "#protocol/reports/test-report.ts";
import type { CaseReport } from "#runs/cases/case-result.ts";
import { type CaseActRequest, preparedFiles } from "#runs/cases/prepare-files.ts";
import { workThrough } from "#runs/cases/work-through.ts";
import type { StartProblem } from "#runs/session/session.ts";
import { scenarioPlanner } from "#runs/testing/plan-scenarios.ts";
import type { PlannedScenario } from "#runs/testing/scenario-plan.ts";
import { reportOf } from "#runs/testing/test-report.ts";

export interface TestRequest extends CaseActRequest {
  /** Only scenarios of this name. */
  readonly scenario?: string;
  readonly onScenario?: (file: string, scenario: PlannedScenario, report: CaseReport) => void;
}

/** Seconds of one scenario unless somebody says another number: models need their time. */
export const usualSeconds = { mocked: 60, real: 600 } as const;

/** Lines that begin a scenario, or a row of its examples: a guess at how many there are. */
const scenarioLines = /^\s*(?:Scenario\b|Example:|\|)/gm;

/** Mocked scenarios take less time than the start of a sandbox. */
const mockedPerSandbox = 8;

/** Runs the specifications of files; the failure means that nothing, or nothing further, could be run. */
export async function runTests(
  request: TestRequest,
  signal: AbortSignal,
): Promise<Result<TestReport, StartProblem>> {
  const files = await preparedFiles<PlannedScenario>(request, ({ file, source }) => ({
    kind: "scenario",
    planCases: scenarioPlanner({ source, name: request.scenario }),
    guess: (source.match(scenarioLines)?.length ?? 0) * request.runs,
    casesPerSandbox: request.mock ? mockedPerSandbox : 1,
    onReport: (scenario, report) => request.onScenario?.(file, scenario, report),
  }));
  if (!files.ok) return files;
  const worked = await workThrough(files.value, { jobs: request.jobs, signal });
  if (!worked.ok) return worked;
  const report = reportOf(files.value, signal.aborted);
  const isFound = report.files.some(({ scenarios, error }) => scenarios.length > 0 || error);
  return isFound || signal.aborted ? ok(report) : fail(nothingFound(request));
}

function nothingFound({ files, scenario }: TestRequest): StartProblem {
  const names = files.map((file) => path.basename(file)).join(", ");
  return scenario === undefined
    ? { code: "specification-missing", message: `No scenario was found in ${names}.`, exitCode: 1 }
    : {
        code: "scenario-missing",
        message: `No scenario named "${scenario}" was found in ${names}.`,
        exitCode: 2,
      };
}

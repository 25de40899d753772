import type { Result } from "#common/result.ts";
import type { TestReport } from "#protocol/reports/test-report.ts";
import type { RunRequest, StartProblem } from "#runs/session/session.ts";

/** The specifications of a file, or one scenario of them. Paths are absolute. */
export interface SpecificationRequest extends Pick<RunRequest, "file" | "workspaceRoot" | "isolation"> {
  readonly scenario?: string;
}

/** The one way to run specifications, as the editor uses it. An aborted signal ends it with what is known so far. */
export interface SpecificationSession {
  run(request: SpecificationRequest, signal: AbortSignal): Promise<Result<TestReport, StartProblem>>;
}

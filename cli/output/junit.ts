import { writeFile } from "node:fs/promises";
import library, { type Builder } from "junit-report-builder";
import { visibleText } from "#common/visible-text.ts";
import type { TestedFile, TestedScenario, TestReport } from "#protocol/reports/test-report.ts";

/** The package is CommonJS that exports a builder; its types describe a module with a default export. */
const builder = library as unknown as Builder;

/** Writes a report in the form that continuous integration reads: a suite for each file, a case for each scenario. */
export async function writeJunit(file: string, report: TestReport): Promise<void> {
  await writeFile(file, junitText(report));
}

/** The report as JUnit XML. */
function junitText(report: TestReport): string {
  const junit = builder.newBuilder();
  for (const tested of report.files) addFile(junit, tested);
  return junit.build();
}

function addFile(junit: Builder, { file, scenarios, error }: TestedFile): void {
  const suite = junit.testSuite().name(visibleText(file));
  if (error) {
    const message = visibleText(`${error.code}: ${error.message}`);
    suite
      .testCase()
      .name("The file can be tested")
      .className(visibleText(file))
      .error(message, visibleText(error.code));
  }
  for (const scenario of scenarios) {
    const testCase = suite
      .testCase()
      .name(visibleText(scenario.name))
      .className(visibleText(file))
      .file(visibleText(file))
      .time(scenario.durationMs / 1000);
    if (scenario.status === "skipped") testCase.skipped();
    else if (scenario.status !== "passed")
      testCase.failure(visibleText(problemOf(scenario)), scenario.status);
    testCase.standardOutput(visibleText(stepsText(scenario)));
  }
}

function problemOf({ steps, error, line }: TestedScenario): string {
  const step = steps.find(({ message }) => message !== undefined);
  if (step) return `line ${step.line}: ${step.text}\n${step.message}`;
  return error ? `line ${line}: ${error.code}: ${error.message}` : `line ${line}`;
}

function stepsText({ steps, runs, successRate }: TestedScenario): string {
  const lines = steps.map(({ text, line, status }) => `${status.padEnd(9)} ${text} (line ${line})`);
  return [...lines, ...(runs > 1 ? [`${Math.round(successRate * 100)}% of ${runs} runs passed`] : [])].join(
    "\n",
  );
}

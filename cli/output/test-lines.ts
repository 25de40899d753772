import pc from "picocolors";
import { durationText } from "#common/duration-text.ts";
import { oneLine } from "#common/visible-text.ts";
import type { CaseStatus } from "#protocol/events/events.ts";
import type { TestedFile, TestedScenario, TestReport } from "#protocol/reports/test-report.ts";
import { continuedText } from "./framed-lines.ts";
import { spentText } from "./measures.ts";

const marks: Readonly<Record<CaseStatus, string>> = {
  passed: pc.green("✓"),
  failed: pc.red("✗"),
  undefined: pc.red("?"),
  skipped: pc.yellow("-"),
};

/** A scenario that has just run, in one line. */
export function progressLine(
  file: string,
  { name, status, durationMs }: { name: string; status: CaseStatus; durationMs?: number },
): string {
  return `${marks[status]} ${oneLine(name)} ${pc.dim(`${durationMs === undefined ? "" : `${durationText(durationMs)} · `}${oneLine(file, 400)}`)}`;
}

/** What failed, with its steps, then how often scenarios passed where they ran more than once, then the numbers. */
export function testSummary(report: TestReport): string {
  const lines = report.files.flatMap((tested) => [
    ...problemLines(tested),
    ...tested.scenarios.flatMap((scenario) => scenarioLines(tested.file, scenario)),
  ]);
  return [...(lines.length > 0 ? ["", ...lines] : []), "", totals(report)].join("\n");
}

function problemLines({ file, error }: TestedFile): string[] {
  if (!error) return [];
  const place = oneLine(`${error.file ?? file}${error.line === undefined ? "" : `:${error.line}`}`, 400);
  return [
    `${pc.red("✗")} ${place} ${continuedText(error.message, 2000)} ${pc.dim(`[${oneLine(error.code, 40)}]`)}`,
  ];
}

function scenarioLines(file: string, scenario: TestedScenario): string[] {
  const rate = rateLine(scenario);
  const isShown = scenario.status === "failed" || scenario.status === "undefined";
  if (!isShown && rate === undefined) return [];
  const head = `${marks[scenario.status]} ${oneLine(scenario.name)} ${pc.dim(`${oneLine(file, 400)}:${scenario.line}`)}`;
  return [head, ...(rate === undefined ? [] : [`    ${rate}`]), ...(isShown ? detailLines(scenario) : [])];
}

function detailLines({ steps, error }: TestedScenario): string[] {
  const failed = steps.flatMap(({ text, line, status, message }) => [
    `    ${marks[status]} ${oneLine(text)} ${pc.dim(`line ${line}`)}`,
    ...(message === undefined ? [] : [`      ${pc.red(continuedText(message, 2000, "      "))}`]),
  ]);
  return error
    ? [
        ...failed,
        `      ${pc.red(`${oneLine(error.code, 40)}: ${continuedText(error.message, 2000, "      ")}`)}`,
      ]
    : failed;
}

/** How a scenario went that ran more than once. */
function rateLine({ repeated, runs, successRate, durationMs }: TestedScenario): string | undefined {
  if (!repeated) return undefined;
  const percent = `${Math.round(successRate * 100)}%`;
  const colored =
    successRate >= 0.9 ? pc.green(percent) : successRate >= 0.5 ? pc.yellow(percent) : pc.red(percent);
  const parts = [
    `${colored} of ${runs} runs passed`,
    `consistency ${Math.round(repeated.consistency * 100)}%`,
    `${durationText(durationMs)} ± ${durationText(repeated.deviationMs)}`,
    ...(repeated.isFlaky ? [pc.yellow("flaky")] : []),
  ];
  return parts.join(" · ");
}

function totals({ files, passed, failed, skipped, cancelled }: TestReport): string {
  const scenarios = files.flatMap((file) => file.scenarios);
  const cost = scenarios.reduce((sum, scenario) => sum + (scenario.cost ?? 0), 0);
  const tokens = scenarios.reduce((sum, { usage }) => sum + usage.totalTokens, 0);
  const spent = spentText({ inputTokens: 0, outputTokens: 0, totalTokens: tokens }, cost);
  const counted = [
    pc.green(`${passed} passed`),
    failed > 0 ? pc.red(`${failed} failed`) : `${failed} failed`,
    `${skipped} skipped`,
    ...(spent === "" ? [] : [pc.dim(spent)]),
    ...(cancelled ? [pc.yellow("cancelled")] : []),
  ];
  return `${count(scenarios.length, "scenario")} in ${count(files.length, "file")}: ${counted.join(", ")}`;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}

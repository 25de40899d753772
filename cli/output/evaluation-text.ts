import pc from "picocolors";
import { durationText } from "#common/duration-text.ts";
import { oneLine } from "#common/visible-text.ts";
import type { EvaluatedCase, EvaluatedRun, EvaluationReport } from "#protocol/reports/evaluation-report.ts";
import { continuedText } from "./framed-lines.ts";
import { spentText } from "./measures.ts";

/** How many runs of a case are shown one by one. */
const runsShown = 3;

/** An evaluation for people: each case with its runs and evaluators, the means, the thresholds. */
export function evaluationText(report: EvaluationReport): string {
  const { cases, error } = report;
  if (error) {
    const place = `${error.file ?? report.file}${error.line === undefined ? "" : `:${error.line}`}`;
    return `${pc.red("✗")} ${oneLine(place, 400)} ${continuedText(error.message, 2000)} ${pc.dim(`[${oneLine(error.code, 40)}]`)}`;
  }
  return [...cases.flatMap((one) => ["", ...caseLines(one)]), "", ...totalLines(report)].join("\n");
}

function caseLines({ name, successRate, runs, evaluators, inputs }: EvaluatedCase): string[] {
  return [
    `${pc.bold(oneLine(name))} ${rateText(successRate)} of ${runs.length} ${runs.length === 1 ? "run" : "runs"} passed`,
    pc.dim(`  inputs ${oneLine(JSON.stringify(inputs), 200)}`),
    ...(runs.length > 1
      ? evaluators.map((one) => `  ${rateText(one.successRate)} ${oneLine(one.evaluator)}`)
      : []),
    ...runs.slice(0, runsShown).flatMap(runLines),
  ];
}

function runLines(run: EvaluatedRun, index: number): string[] {
  const mark =
    run.status === "passed" ? pc.green("✓") : run.status === "failed" ? pc.red("✗") : pc.yellow("-");
  const spent = [durationText(run.durationMs), spentText(usageOf(run.tokens), run.cost)]
    .filter(Boolean)
    .join(" · ");
  const output = run.output === undefined ? "" : ` ${oneLine(JSON.stringify(run.output), 200)}`;
  const error = run.error
    ? [
        `      ${pc.red(`${oneLine(run.error.code, 40)}: ${continuedText(run.error.message, 2000, "      ")}`)}`,
      ]
    : [];
  const checks = run.checks.map(({ evaluator, passed, message, score }) => {
    const text = message === undefined ? "" : ` ${oneLine(message, 400)}`;
    const scored = score === undefined ? "" : ` ${score}`;
    return `      ${passed ? pc.green("✓") : pc.red("✗")} ${oneLine(evaluator)}${scored}${pc.dim(text)}`;
  });
  return [`  ${mark} run ${index + 1} ${pc.dim(spent)}${output}`, ...error, ...checks];
}

function totalLines({
  passed,
  failed,
  skipped,
  successRate,
  mean,
  thresholds,
  cancelled,
}: EvaluationReport): string[] {
  const means = [
    durationText(mean.durationMs),
    spentText(usageOf(Math.round(mean.tokens)), mean.cost),
  ].filter(Boolean);
  return [
    `${passed + failed} runs: ${pc.green(`${passed} passed`)}, ${failed} failed, ${skipped} skipped (${rateText(successRate)})${cancelled ? pc.yellow(", cancelled") : ""}`,
    pc.dim(`a run took ${means.join(" · ")} on average`),
    ...thresholds.map(({ name, limit, actual, met }) => {
      const shown = `${name}: ${Math.round(actual * 10_000) / 10_000}, limit ${limit}`;
      return met ? `${pc.green("✓")} ${shown}` : `${pc.red("✗")} ${shown}`;
    }),
  ];
}

function rateText(rate: number): string {
  const text = `${Math.round(rate * 100)}%`;
  return rate >= 0.8 ? pc.green(text) : rate >= 0.5 ? pc.yellow(text) : pc.red(text);
}

function usageOf(totalTokens: number) {
  return { inputTokens: 0, outputTokens: 0, totalTokens };
}

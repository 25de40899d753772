import { type Figure, figures, type Samples, type Summary, summarise } from "./samples.ts";
import { type Target, targets } from "./targets.ts";

/** What every contestant gave in a scenario, in the order of the columns; the first one is judged by the targets. */
export type ScenarioResults = ReadonlyMap<string, Samples>;

/** Which contestants a ratio is made of. */
export interface Comparison {
  /** Judged by absolute figures. */
  readonly ours: string;
  /** Judged by ratios: ours on the very text that the peer gets. */
  readonly oursOnSameText: string;
  readonly peer: string;
}

/** The figures of a scenario as a table: median/p95 of each contestant, ours ÷ peer, and whether a demand is met. */
export function tableOf(scenario: string, results: ScenarioResults, comparison: Comparison): string {
  const header = ["", ...results.keys(), "ours ÷ peer", "target", "reached", "as ratio", "reached"];
  const rows = figures
    .filter((figure) => [...results.values()].some((samples) => samples.get(figure).length > 0))
    .map((figure) => [
      figure,
      ...[...results.values()].map((samples) => cellOf(summarise(samples.get(figure)))),
      ratioOf(figure, "median", results, comparison)?.toFixed(2) ?? "",
      ...judge(targetOf(scenario, figure), results, comparison),
    ]);
  return [`\n${scenario}`, ...aligned([header, ...rows])].join("\n");
}

function targetOf(scenario: string, figure: Figure): Target | undefined {
  return targets.find((target) => target.scenario === scenario && target.figure === figure);
}

/** The last four cells of a row. */
function judge(target: Target | undefined, results: ScenarioResults, comparison: Comparison): string[] {
  if (!target) return ["", "", "", ""];
  const own = summarise(results.get(comparison.ours)?.get(target.figure) ?? [])?.[target.of];
  const ratio = ratioOf(target.figure, target.of, results, comparison);
  return [
    ...verdict(target.atMost, own, target.of, rounded),
    ...verdict(target.ratio, ratio, "", (value) => value.toFixed(2)),
  ];
}

function verdict(
  limit: number | undefined,
  value: number | undefined,
  name: string,
  print: (value: number) => string,
): string[] {
  if (limit === undefined) return ["", ""];
  const isMeasured = value !== undefined && !Number.isNaN(value);
  return [
    `${name} ≤ ${print(limit)}`.trim(),
    !isMeasured ? "not measured" : value <= limit ? "yes" : `no: ${print(value)}`,
  ];
}

function ratioOf(
  figure: Figure,
  of: Target["of"],
  results: ScenarioResults,
  { oursOnSameText, peer }: Comparison,
): number | undefined {
  const ours = summarise(results.get(oursOnSameText)?.get(figure) ?? []);
  const theirs = summarise(results.get(peer)?.get(figure) ?? []);
  const ratio = (ours?.[of] ?? Number.NaN) / (theirs?.[of] ?? Number.NaN);
  return Number.isNaN(ratio) ? undefined : ratio;
}

function cellOf(summary: Summary | undefined): string {
  if (!summary) return "-";
  const failed = summary.failed.length > 0 ? ` (${summary.failed.length} × ${summary.failed[0]})` : "";
  if (summary.count === 0) return failed.trim();
  const median = rounded(summary.median);
  return (summary.count === 1 ? median : `${median}/${rounded(summary.p95)}`) + failed;
}

function rounded(value: number): string {
  return value >= 100 ? String(Math.round(value)) : value.toFixed(1);
}

function aligned(rows: readonly string[][]): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd(),
  );
}

import type { Meaning, ReviewedFile, ReviewRisk } from "#protocol/reports/review-report.ts";

const order: Readonly<Record<ReviewRisk, number>> = { high: 0, low: 1, none: 2 };

/** Reasons that anybody reads; the files have all of them. */
const mostReasons = 100;

/** Puts what matters most first; what matters alike stays in its order. */
export function sortedByRisk(meanings: readonly Meaning[]): Meaning[] {
  return meanings.toSorted((one, other) => order[one.risk] - order[other.risk]);
}

/** The highest risk of anything in a change. */
export function overallRisk(files: readonly ReviewedFile[]): ReviewRisk {
  const risks = new Set(files.flatMap(({ meanings }) => meanings.map(({ risk }) => risk)));
  return risks.has("high") ? "high" : risks.has("low") ? "low" : "none";
}

/** Why a change has its risk: each reason once, the highest first, with the place that it comes from. */
export function reasonsOf(files: readonly ReviewedFile[]): string[] {
  const all = files.flatMap(({ file, meanings }) => meanings.map((meaning) => ({ file, ...meaning })));
  const told = all
    .filter(({ risk }) => risk !== "none")
    .sort((one, other) => order[one.risk] - order[other.risk])
    .map(reason);
  const reasons = [...new Set(told)];
  if (reasons.length <= mostReasons) return reasons;
  return [
    ...reasons.slice(0, mostReasons),
    `${reasons.length - mostReasons} more reasons stand with their files.`,
  ];
}

function reason({ file, message, head, base }: Meaning & { readonly file: string }): string {
  const place = head ?? base;
  return place ? `${place.file}:${place.line} ${message}.` : `${file} ${message}.`;
}

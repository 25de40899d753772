import type { Diagnostic } from "#language/diagnostics/diagnostic.ts";
import type { Meaning } from "#protocol/reports/review-report.ts";

/** The findings of head that base has not; one that only moved is not new. */
export function newDiagnostics(before: readonly Diagnostic[], after: readonly Diagnostic[]): Diagnostic[] {
  const known = new Map<string, number>();
  for (const finding of before) known.set(identity(finding), (known.get(identity(finding)) ?? 0) + 1);
  return after.filter((finding) => {
    const left = known.get(identity(finding)) ?? 0;
    known.set(identity(finding), left - 1);
    return left <= 0;
  });
}

function identity({ code, message, severity }: Diagnostic): string {
  return JSON.stringify([code, severity, message]);
}

/** Letters that look like others, or like nothing, are there to deceive. */
const deceiving: ReadonlySet<string> = new Set(["hidden-character", "confusable-name"]);

/** What new findings mean: a mistake is worth a look, and a deceit is worth more. */
export function diagnosticMeanings(findings: readonly Diagnostic[]): Meaning[] {
  return findings
    .filter(({ severity, code }) => severity === "error" || deceiving.has(code))
    .map(({ file, range, message, code }) => ({
      topic: "diagnostics",
      risk: deceiving.has(code) ? "high" : "low",
      message: message.replace(/\.$/, ""),
      head: { file, line: range.start.line + 1 },
    }));
}

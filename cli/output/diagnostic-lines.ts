import pc from "picocolors";
import { oneLine } from "#common/visible-text.ts";
import type { Diagnostic } from "#language/diagnostics/diagnostic.ts";
import { codeFrame } from "./code-frame.ts";
import { continuedText } from "./framed-lines.ts";

/** What `check` found. */
export interface CheckFindings {
  readonly diagnostics: readonly Diagnostic[];
  readonly files: number;
  readonly errors: number;
  readonly warnings: number;
}

/** Findings with the lines they stand in, then a line that sums up. */
export function diagnosticLines(report: CheckFindings, sources: ReadonlyMap<string, string>): string[] {
  const { diagnostics, files, errors, warnings } = report;
  const findings = diagnostics.flatMap((diagnostic) => [
    findingLine(diagnostic),
    ...codeFrame(sources.get(diagnostic.file) ?? "", diagnostic.range.start.line + 1),
    "",
  ]);
  const lesser = diagnostics.length - errors - warnings;
  const counted = [
    count(errors, "error"),
    count(warnings, "warning"),
    ...(lesser > 0 ? [count(lesser, "hint")] : []),
  ];
  const sum = `${count(files, "file")}: ${counted.join(", ")}`;
  return [...findings, errors > 0 ? pc.red(sum) : pc.green(sum)];
}

const colors = { error: pc.red, warning: pc.yellow, information: pc.blue, hint: pc.dim };

function findingLine({ file, range, severity, code, message }: Diagnostic): string {
  const color = colors[severity];
  const place = `${oneLine(file, 400)}:${range.start.line + 1}:${range.start.character + 1}`;
  return `${place} ${color(severity)} ${continuedText(message, 2000)} ${pc.dim(`[${code}]`)}`;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}

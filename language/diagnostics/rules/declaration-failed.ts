import type { EvaluationProblem } from "#language/declarations/evaluated-declarations.ts";
import type { FileContext, Rule } from "#language/diagnostics/rule.ts";
import type { Span } from "#language/syntax/tree.ts";

/** What went wrong when the declarations of the file were evaluated. */
export const declarationFailed: Rule = {
  file: ({ file, report }) => {
    const problem = file.evaluation?.problem;
    // What does not parse is told by the parser, and a broken evaluator is no fault of the file.
    if (!problem || problem.reason === "syntax" || problem.reason === "unavailable") return;
    const line = (problem.uri === file.uri ? problem.line : undefined) ?? problem.topLine;
    const start = line === undefined ? 0 : file.lines.lineStart(line - 1);
    const model = file.modelAt(start);
    report(model, {
      code: "declaration-failed",
      span: lineSpan(file.text, start, model.offset),
      severity: severityOf(problem),
      message: `${sentence(problem.message)}${place(problem, file)} ${consequence(problem)}`,
    });
  },
};

/** An error that does not depend on anything that only a run knows stops the run as well. */
function severityOf({ reason, isCertain }: EvaluationProblem): "error" | "warning" | "information" {
  if (!isCertain) return "information";
  return reason === "error" ? "error" : "warning";
}

function consequence({ reason, isCertain }: EvaluationProblem): string {
  if (reason === "error" && isCertain) return "The file would not start.";
  return "What the file declares is known only as far as it came.";
}

/** In a module that the file requires. */
function place({ uri, line }: EvaluationProblem, file: FileContext["file"]): string {
  if (uri === undefined || uri === file.uri || line === undefined) return "";
  return ` It happens in line ${line} of ${decodeURIComponent(uri.slice(uri.lastIndexOf("/") + 1))}.`;
}

function sentence(text: string): string {
  const begun = text.slice(0, 1).toUpperCase() + text.slice(1);
  return /[.!?]$/.test(begun) ? begun : `${begun}.`;
}

/** What stands in the line that begins at an offset; relative to its statement. */
function lineSpan(text: string, start: number, base: number): Span {
  const [line = ""] = /^[^\r\n]*/.exec(text.slice(start, start + 500)) ?? [];
  const indent = line.length - line.trimStart().length;
  return { start: start + indent - base, end: start + line.trimEnd().length - base };
}

import { describe, test } from "vitest";
import { type EvaluationProblem, unevaluated } from "#language/declarations/evaluated-declarations.ts";
import { checkedUri, expectFindings } from "#language/diagnostics/expect-findings.ts";

const text = "local a = 1\n  error('stop')\n";

function evaluation(problem: Partial<EvaluationProblem>) {
  const { reason = "error", message = "stop" } = problem;
  const base = unevaluated(reason, message);
  return { ...base, problem: { ...base.problem, ...problem } };
}

describe("declaration-failed", () => {
  test.for([
    {
      name: "an error of the file",
      problem: { uri: checkedUri, line: 2, topLine: 2 },
      marker: "  ^^^^^^^^^^^^^ declaration-failed error: Stop. The file would not start.",
    },
    {
      name: "an error that a run may not have",
      problem: { uri: checkedUri, line: 2, isCertain: false },
      marker: "  ^^^^^^^^^^^^^ declaration-failed information",
    },
    {
      name: "an endless loop",
      problem: { reason: "deadline" as const, topLine: 2 },
      marker: "  ^^^^^^^^^^^^^ declaration-failed warning: only as far as it came",
    },
    {
      name: "an error in a module",
      problem: { uri: "file:///project/lib.tac", line: 7, topLine: 2 },
      marker: "  ^^^^^^^^^^^^^ declaration-failed: line 7 of lib.tac",
    },
  ])("$name", ({ problem, marker }) => {
    const only = ["declaration-failed"];
    expectFindings(`${text.trimEnd()}\n${marker}\n`, { only, evaluation: evaluation(problem) });
  });

  test.for(["syntax", "unavailable"] as const)("not: %s", (reason) => {
    expectFindings(text, { only: ["declaration-failed"], evaluation: evaluation({ reason }) });
  });
});

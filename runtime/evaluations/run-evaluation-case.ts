import type { Json } from "#common/json.ts";
import type { CaseCheck } from "#protocol/events/events.ts";
import type { EvaluationCase, Evaluator } from "#protocol/wire/cases.ts";
import type { CaseFindings } from "../cases/case-findings.ts";
import type { CaseRun } from "../cases/case-run.ts";
import { failureText } from "../specifications/scenario-run.ts";
import { evaluate, type Finding } from "./evaluators.ts";

/** Runs the procedure with the inputs of a case and lets every evaluator look at what came of it. */
export function runEvaluationCase(
  run: CaseRun,
  given: EvaluationCase,
  evaluators: readonly Evaluator[],
): CaseFindings {
  Object.assign(run.inputs, given.inputs);
  const outcome = run.run();
  if (!outcome.ok) return { status: "failed", error: outcome.failure };
  const checks = evaluators.map((evaluator) => check(run, given, evaluator, outcome.output));
  const passed = checks.every((one) => one.passed);
  return { status: passed ? "passed" : "failed", checks, output: outcome.output };
}

function check(run: CaseRun, given: EvaluationCase, evaluator: Evaluator, output: Json): CaseCheck {
  const found = finding(run, given, evaluator, output);
  return {
    evaluator: nameOf(evaluator),
    passed: found.passed,
    ...(found.message !== undefined && { message: found.message }),
    ...(found.score !== undefined && { score: found.score }),
  };
}

/** An evaluator that can't decide (a judge that is not reached) counts as not passed, with the reason. */
function finding(run: CaseRun, given: EvaluationCase, evaluator: Evaluator, output: Json): Finding {
  try {
    return evaluate(evaluator, { run, given, output });
  } catch (thrown) {
    return { passed: false, message: failureText(run.failure(thrown)) };
  }
}

function nameOf(evaluator: Evaluator): string {
  const part = "field" in evaluator && evaluator.field !== undefined ? evaluator.field : targetOf(evaluator);
  return part === undefined ? evaluator.type : `${evaluator.type}(${part})`;
}

function targetOf(evaluator: Evaluator): string | undefined {
  if (evaluator.type === "tool_called") return evaluator.tool;
  if (evaluator.type === "state_check") return evaluator.key;
  return evaluator.type === "agent_turns" ? evaluator.agent : undefined;
}

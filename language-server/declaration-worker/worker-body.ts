import { errorText } from "#common/error-text.ts";
import { evaluateDeclarations } from "#language/declarations/evaluate-declarations.ts";
import { type EvaluatedDeclarations, unevaluated } from "#language/declarations/evaluated-declarations.ts";
import type { EvaluationStop } from "#language/declarations/evaluation-problem.ts";
import { createFengariEngine } from "#lua/fengari/create-fengari-engine.ts";
import type { EvaluationOrder, WorkerReport } from "./evaluation-messages.ts";
import { TextBudget } from "./text-budget.ts";

/** The worker's side of the channel. */
export interface WorkerChannel {
  report(report: WorkerReport): void;
  listen(receive: (order: EvaluationOrder) => void): void;
}

/** What a worker does, in Node and in browsers: evaluates one file after the other, and never fails. */
export function serveEvaluations(channel: WorkerChannel): void {
  const budget = new TextBudget();
  budget.install();
  channel.listen((order) => {
    channel.report({ kind: "evaluated", id: order.id, evaluated: evaluate(order, budget) });
  });
  channel.report({ kind: "ready" });
}

function evaluate({ request, milliseconds }: EvaluationOrder, budget: TextBudget): EvaluatedDeclarations {
  budget.reset();
  const end = performance.now() + milliseconds;
  try {
    const evaluated = evaluateDeclarations(request, createFengariEngine, { stop: () => stop(end, budget) });
    return withMemoryProblem(evaluated, budget);
  } catch (error) {
    if (budget.isSpent) return unevaluated("memory", memoryMessage);
    return unevaluated("unavailable", `The declarations could not be evaluated: ${errorText(error)}`);
  }
}

const memoryMessage = "The declarations need too much memory: the evaluation ended.";

function stop(end: number, budget: TextBudget): EvaluationStop | undefined {
  if (budget.isSpent) return { reason: "memory", message: memoryMessage };
  if (performance.now() < end) return undefined;
  return { reason: "deadline", message: "The declarations compute for too long: the evaluation ended." };
}

/** A file can catch the error of a text that is too large, and a short file ends before anybody asks. */
function withMemoryProblem(evaluated: EvaluatedDeclarations, budget: TextBudget): EvaluatedDeclarations {
  if (!budget.isSpent || evaluated.problem?.reason === "memory") return evaluated;
  const { problem = { isCertain: true } } = evaluated;
  return { ...evaluated, problem: { ...problem, reason: "memory", message: memoryMessage } };
}

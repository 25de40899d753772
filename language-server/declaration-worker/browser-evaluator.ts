import type { DeclarationEvaluator } from "#language/declarations/declaration-evaluator.ts";
import type { WorkerReport } from "./evaluation-messages.ts";
import { EvaluationQueue, type ThreadEvents, type WorkerThread } from "./evaluation-queue.ts";

/**
 * Evaluates declarations in a worker of the browser, whose script is given as text: it can then be started wherever
 * the server came from. A browser bounds no memory by itself: the budgets of texts and of time do.
 */
export function createBrowserEvaluator(script: string): DeclarationEvaluator {
  return new EvaluationQueue({ start: (events) => startThread(script, events) });
}

function startThread(script: string, events: ThreadEvents): WorkerThread {
  const url = URL.createObjectURL(new Blob([script], { type: "text/javascript" }));
  const thread = new Worker(url, { name: "declarations" });
  thread.addEventListener("message", ({ data }: MessageEvent<WorkerReport>) => events.report(data));
  thread.addEventListener("error", (event) => {
    event.preventDefault();
    events.failed("unavailable", `The worker for declarations failed: ${event.message}`);
  });
  return {
    send: (order) => thread.postMessage(order),
    end: () => {
      thread.terminate();
      URL.revokeObjectURL(url);
    },
    keepAlive: () => {},
  };
}

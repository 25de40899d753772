import type { DeclarationEvaluator } from "#language/declarations/declaration-evaluator.ts";
import type { WorkerReport } from "./evaluation-messages.ts";
import { EvaluationQueue, type ThreadEvents, type WorkerThread } from "./evaluation-queue.ts";

/**
 * Evaluates declarations in a worker of the browser; `url` is that of its script. A browser bounds no memory by
 * itself: the budgets of texts and of time do.
 */
export function createBrowserEvaluator(url: string): DeclarationEvaluator {
  return new EvaluationQueue({ start: (events) => startThread(url, events) });
}

function startThread(url: string, events: ThreadEvents): WorkerThread {
  // A script of another origin can be imported by a worker of ours, but not be one.
  const source = URL.createObjectURL(
    new Blob([`importScripts(${JSON.stringify(url)});`], { type: "text/javascript" }),
  );
  const thread = new Worker(source, { name: "declarations" });
  thread.addEventListener("message", ({ data }: MessageEvent<WorkerReport>) => events.report(data));
  thread.addEventListener("error", (event) => {
    event.preventDefault();
    events.failed("unavailable", `The worker for declarations failed: ${event.message}`);
  });
  return {
    send: (order) => thread.postMessage(order),
    end: () => {
      thread.terminate();
      URL.revokeObjectURL(source);
    },
    keepAlive: () => {},
  };
}

import { Worker } from "node:worker_threads";
import type { DeclarationEvaluator } from "#language/declarations/declaration-evaluator.ts";
import type { WorkerReport } from "./evaluation-messages.ts";
import { EvaluationQueue, type ThreadEvents, type WorkerThread } from "./evaluation-queue.ts";
import { fengariConfiguration } from "./fengari-configuration.ts";

/** Enough for a thousand declarations; a file that needs more is stopped. */
const resourceLimits = { maxOldGenerationSizeMb: 96, maxYoungGenerationSizeMb: 16, stackSizeMb: 4 };

export interface NodeEvaluatorOptions {
  /** File of the worker, as built; absent: the source beside this one. */
  readonly worker?: string | URL;
  readonly milliseconds?: number;
}

/** Evaluates declarations in a thread of this process, with bounded memory. */
export function createNodeEvaluator({
  worker,
  milliseconds,
}: NodeEvaluatorOptions = {}): DeclarationEvaluator {
  const file = worker ?? new URL("./node-worker.ts", import.meta.url);
  return new EvaluationQueue({
    start: (events) => startThread(file, events),
    ...(milliseconds !== undefined && { milliseconds }),
  });
}

function startThread(file: string | URL, events: ThreadEvents): WorkerThread {
  const thread = new Worker(file, {
    name: "declarations",
    resourceLimits,
    env: { FENGARICONF: fengariConfiguration },
    execArgv: [],
    stdout: true,
    stderr: true,
  });
  thread.on("message", (report: WorkerReport) => events.report(report));
  thread.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "ERR_WORKER_OUT_OF_MEMORY")
      events.failed("memory", "The declarations need too much memory: the evaluation was ended.");
    else events.failed("unavailable", `The worker for declarations failed: ${error.message}`);
  });
  thread.on("exit", (code) =>
    events.failed("unavailable", `The worker for declarations ended with ${code}.`),
  );
  return {
    send: (order) => thread.postMessage(order),
    end: () => void thread.terminate(),
    keepAlive: (isNeeded) => {
      if (isNeeded) thread.ref();
      else thread.unref();
    },
  };
}

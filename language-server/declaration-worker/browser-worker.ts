import type { EvaluationOrder } from "./evaluation-messages.ts";
import { serveEvaluations } from "./worker-body.ts";

/** Entry of the worker in browsers. */
serveEvaluations({
  report: (report) => postMessage(report),
  listen: (receive) =>
    addEventListener("message", ({ data }: MessageEvent<EvaluationOrder>) => receive(data)),
});

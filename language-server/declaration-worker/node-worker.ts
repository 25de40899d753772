import { parentPort } from "node:worker_threads";
import { serveEvaluations } from "./worker-body.ts";

/** Entry of the worker in Node. */
const port = parentPort;
if (!port) throw new Error("This file is the entry of a worker.");
serveEvaluations({
  report: (report) => port.postMessage(report),
  listen: (receive) => port.on("message", receive),
});

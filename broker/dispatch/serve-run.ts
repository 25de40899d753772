import { RunServer } from "./run-server.ts";
import type { ServeOutcome, ServeRunOptions } from "./serve-options.ts";

/** Serves one run from `start` to `finished`. Never rejects. */
export function serveRun(options: ServeRunOptions): Promise<ServeOutcome> {
  return new RunServer(options).serve();
}

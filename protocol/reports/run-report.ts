import { z } from "zod";

/** An earlier run in a line, as `runs list --json` and `runs show --json` print it. */
const runSummary = z.strictObject({
  run: z.string(),
  /** `interrupted` = whoever ran it died before its end. */
  status: z.enum(["completed", "failed", "cancelled", "timed_out", "waiting", "running", "interrupted"]),
  file: z.string().optional(),
  procedure: z.string().optional(),
  isolation: z.string().optional(),
  started: z.string().optional(),
  durationMs: z.number().nonnegative().optional(),
  error: z.string().optional(),
  /** The run out of which it was made. */
  forkedFrom: z.string().optional(),
  /** A trial run: names what its files were read from in place of the folder, a commit for instance. */
  revision: z.string().optional(),
});

/** What `runs list --json` prints: newest first. */
export const runList = z.strictObject({ runs: z.array(runSummary) });

/** What `runs show --json` prints. */
export const runReport = runSummary.extend({
  events: z.array(z.looseObject({ seq: z.int().positive(), time: z.iso.datetime(), type: z.string() })),
  /** Lines of the journal that could not be read: at most the last one, cut by a kill. */
  unreadableLines: z.int().nonnegative(),
});

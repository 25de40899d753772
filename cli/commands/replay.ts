import path from "node:path";
import type { RunEvent, RunEventBody } from "#protocol/events/events.ts";
import { type ExitCode, exitCodes } from "#protocol/exit-codes.ts";
import { runFolder } from "#runs/journal/journal-folder.ts";
import { createIsolation } from "#runs/session/isolations.ts";
import { planReplay, replayRun } from "#runs/session/replay-run.ts";
import { createRunPrinter } from "../output/run-printer.ts";
import { printAside, printJson, printPart } from "../output/terminal.ts";
import { refuse } from "../refuse.ts";
import { sandboxSetup } from "../sandbox-setup.ts";
import { existingRun } from "./existing-run.ts";

/** `runs replay ID`: makes a run again out of its journal, calling nothing, and prints its events, numbered anew. */
export async function replay(
  id: string,
  { json, to }: { readonly json: boolean; readonly to?: number },
): Promise<ExitCode> {
  const workspaceRoot = process.cwd();
  const { run } = await existingRun(id);
  const planned = await planReplay({ run, workspaceRoot, sandboxSetup, grantAll: false, to });
  if (!planned.ok) return refuse(planned.error, workspaceRoot);
  const { plan } = planned.value;
  const show = json
    ? (event: RunEvent) => printJson(event)
    : createRunPrinter({
        write: printPart,
        live: false,
        sourceOf: (file) => (file === plan.file ? plan.source : undefined),
        journal: path.relative(workspaceRoot, path.join(runFolder(workspaceRoot, run), "events.jsonl")),
      });
  let seq = 0;
  const emit = (event: RunEventBody): void =>
    void show({ seq: ++seq, time: new Date().toISOString(), ...event });
  const startedAt = performance.now();
  const replayed = await replayRun(planned.value, await createIsolation(plan.isolation, sandboxSetup), emit);
  if (!replayed.ok) return refuse(replayed.error, workspaceRoot);
  const { status, result, error, usage, cost } = replayed.value;
  if (status === "cancelled") {
    printAside("The journal ends here.");
    return exitCodes.done;
  }
  emit({
    type: "run.finished",
    status,
    ...(result !== undefined && { result }),
    ...(error && { error }),
    durationMs: Math.round(performance.now() - startedAt),
    usage: usage ?? { inputTokens: 0, outputTokens: 0, totalTokens: 0 },
    ...(cost !== undefined && { cost }),
  });
  return status === "failed" || status === "timed_out" ? exitCodes.failed : exitCodes.done;
}

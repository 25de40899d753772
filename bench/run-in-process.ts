import type { RunEvent } from "#protocol/events/events.ts";
import { preparePlan } from "#runs/session/plan.ts";
import type { RunRequest } from "#runs/session/session.ts";
import { startRun } from "#runs/session/start-run.ts";
import type { Isolation } from "#sandbox/isolation.ts";

export interface RunInProcess {
  readonly request: RunRequest;
  readonly isolation: Isolation;
  /** The event at which the clock stops. */
  readonly until: RunEvent["type"];
}

/**
 * What an editor does when somebody asks for a run: plans it and starts it, without a process of its own. Gives the
 * seconds from the request to an event, and the events. Throws when the run did not complete, or the event did not come.
 */
export async function runInProcess({ request, isolation, until }: RunInProcess): Promise<{
  readonly seconds: number;
  readonly events: readonly RunEvent[];
}> {
  const startedAt = performance.now();
  const plan = await preparePlan(request);
  if (!plan.ok) throw new Error(plan.error.message);
  const started = await startRun(plan.value, { isolation });
  if (!started.ok) throw new Error(started.error.message);
  let seconds: number | undefined;
  const events: RunEvent[] = [];
  started.value.onEvent((event) => {
    events.push(event);
    if (event.type === until) seconds ??= (performance.now() - startedAt) / 1000;
  });
  const end = await started.value.finished;
  if (end.status !== "completed") throw new Error(`The run did not complete: ${JSON.stringify(end)}`);
  if (seconds === undefined) throw new Error(`The run had no event ${until}.`);
  return { seconds, events };
}

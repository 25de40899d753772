import type { ServeFailure } from "#broker/dispatch/serve-options.ts";
import type { Json } from "#common/json.ts";
import type { RunEventBody, RunFailure, RunStatus, Usage, Waiting } from "#protocol/events/events.ts";
import type { FinishedMessage } from "#protocol/wire/messages.ts";
import type { Plan } from "#runs/session/plan.ts";
import type { SandboxExit } from "#sandbox/isolation.ts";

/** How a run ended, before it is written down. */
export interface RunEnd {
  readonly status: RunStatus;
  readonly result?: Json;
  readonly error?: RunFailure;
  readonly waiting?: Waiting;
  readonly usage?: Usage;
  readonly cost?: number;
}

/** Most characters of a crash report that are worth showing. */
const crashText = 2000;

/** An end that the host decided. */
export function failedEnd(code: string, message: string): RunEnd {
  return { status: "failed", error: { code, message } };
}

/** A run whose time passed while it waited for a person waits on: nothing of it runs, and what it did counts. */
export function endWhileAsking(end: RunEnd, request: string | undefined): RunEnd {
  if (request === undefined || end.error?.code !== "limit-time") return end;
  const { error: _error, ...rest } = end;
  const message = "The time of the run was over while it waited for the answer of a person.";
  return { ...rest, status: "waiting", waiting: { for: "human", message, request } };
}

type LimitHit = Extract<RunEventBody, { type: "limit.hit" }>;

/** The event of the limit that ended a run, if one did. */
export function limitOf(
  end: RunEnd,
  { limits, policy }: Pick<Plan, "limits" | "policy">,
): LimitHit | undefined {
  const reached: Readonly<Record<string, LimitHit>> = {
    "limit-time": { type: "limit.hit", limit: "time", value: limits.timeSeconds },
    "limit-memory": { type: "limit.hit", limit: "memory", value: policy.memoryBytes },
    "limit-instructions": { type: "limit.hit", limit: "instructions", value: limits.instructions },
    "limit-output": { type: "limit.hit", limit: "output", value: limits.outputBytes },
  };
  const code = end.error?.code ?? "";
  return Object.hasOwn(reached, code) ? reached[code] : undefined;
}

/** What it means that a sandbox ended without a last word, or was ended for what it sent. */
export function endOfLoss(failure: ServeFailure, exit: SandboxExit, errorOutput: string): RunEnd {
  if (exit.reason === "memory") {
    return failedEnd(
      "limit-memory",
      "The sandbox was stopped by the system: it needed more memory than it may have.",
    );
  }
  if (exit.reason === "engine-lost" && failure.code === "sandbox-lost") {
    return failedEnd(
      "engine-lost",
      "The container engine died or stopped answering while the run was under way, and the sandbox was lost with it. What the run did is in its journal: start the engine, then go on with `tactus-studio runs resume`.",
    );
  }
  const { code, message, at } = failure;
  const report = code === "sandbox-lost" ? errorOutput.trim().slice(0, crashText) : "";
  const end = failedEnd(code, report ? `${message}\n${report}` : message);
  return at && end.error ? { ...end, error: { ...end.error, ...at } } : end;
}

/** The sandbox's own last word. */
export function endOfMessage(message: FinishedMessage): RunEnd {
  const { status, result, error, usage, cost, waiting } = message;
  return {
    status,
    usage,
    ...(result !== undefined && { result }),
    ...(error && { error: withoutAbsent(error) }),
    ...(waiting && { waiting }),
    ...(cost !== undefined && { cost }),
  };
}

/** The message's schema allows `undefined` where an event's field is simply absent. */
function withoutAbsent(error: RunFailure): RunFailure {
  const { code, message, file, line, stack } = error;
  return {
    code,
    message,
    ...(file !== undefined && { file }),
    ...(line !== undefined && { line }),
    ...(stack !== undefined && { stack }),
  };
}

import type { TableReader } from "../schema/table-reader.ts";
import type { RetryPolicy } from "./agent-definition.ts";
import type { AgentFailure } from "./agent-failure.ts";

const kinds = ["infra_plus_validation", "infra_only", "validation_only"] as const;

const once: RetryPolicy = {
  attempts: 1,
  delaySeconds: 0,
  maximumDelaySeconds: 0,
  backoff: "constant",
  jitter: false,
  on: "infra_plus_validation",
};

/** Reads `retry`, or the plainer `response` when `retry` is absent or switched off. */
export function readRetryPolicy(agent: TableReader): RetryPolicy {
  const retry = agent.nested("retry");
  const rich = retry && readRetry(retry);
  if (rich) return rich;
  const response = agent.nested("response");
  if (!response) return once;
  return {
    ...once,
    attempts: (response.integer("retries", 0) ?? 0) + 1,
    delaySeconds: response.number("retry_delay", 0) ?? 0,
  };
}

function readRetry(retry: TableReader): RetryPolicy | undefined {
  const retries = retry.integer("retries", 0);
  const attempts = retry.integer("attempts", 1) ?? (retries === undefined ? 1 : retries + 1);
  const policy: RetryPolicy = {
    attempts,
    delaySeconds: retry.number("delay_seconds", 0) ?? retry.number("delay", 0) ?? 0,
    maximumDelaySeconds: retry.number("max_delay_seconds", 0) ?? 0,
    backoff: retry.choice("backoff", ["constant", "exponential"]) ?? "constant",
    jitter: retry.boolean("jitter") ?? false,
    on: retry.choice("on", kinds) ?? "infra_plus_validation",
  };
  return (retry.boolean("enabled") ?? attempts > 1) ? policy : undefined;
}

/** Seconds to wait before the attempt after `failed` failed ones. `random` is in 0..1. */
export function retryDelay(policy: RetryPolicy, failed: number, random: () => number): number {
  const growing =
    policy.backoff === "exponential" ? policy.delaySeconds * 2 ** (failed - 1) : policy.delaySeconds;
  const capped = policy.maximumDelaySeconds > 0 ? Math.min(growing, policy.maximumDelaySeconds) : growing;
  return policy.jitter ? capped * random() : capped;
}

const neverRetried: ReadonlySet<string> = new Set([
  "cancelled",
  "model-key-missing",
  "tool-denied",
  "protocol-error",
]);

/** Whether another attempt makes sense: not after a cancel, a limit or a missing key, and only for the declared kind. */
export function isRetried(policy: RetryPolicy, failure: AgentFailure): boolean {
  if (neverRetried.has(failure.code) || failure.code.startsWith("limit-")) return false;
  if (/api[ _]key|authentication/i.test(failure.message)) return false;
  if (policy.on === "infra_plus_validation") return true;
  return (policy.on === "validation_only") === (failure.code === "output-invalid");
}

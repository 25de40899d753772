import { isDeepStrictEqual } from "node:util";
import type { SandboxPolicy } from "../isolation.ts";
import { defaultPolicy } from "../policy/default-policy.ts";

/**
 * Longest time limit of a run that a pooled sandbox serves. Its deadline label is written when nobody knows the run yet,
 * so it must allow for this one; the run's own limit is kept by the supervisor and from outside, as for any other.
 */
export const longestRunSeconds: number = 24 * 3600;

/**
 * Whether a sandbox that was started for no run in particular may serve one under this policy: it may differ from the
 * default in limits only. Nothing of a folder, a config or a person goes into a sandbox that waits.
 */
export function isPoolable(policy: SandboxPolicy): boolean {
  const { memoryBytes, cpus, processes, timeSeconds } = policy;
  const limits = { memoryBytes, cpus, processes, timeSeconds };
  return (
    timeSeconds <= longestRunSeconds && isDeepStrictEqual(policy, { ...defaultPolicy(policy.run), ...limits })
  );
}

/** Whether two runs may have the same sandbox: their policies differ in nothing but the run and its time. */
export function fitsSameSandbox(one: SandboxPolicy, other: SandboxPolicy): boolean {
  return isDeepStrictEqual({ ...one, run: "", timeSeconds: 0 }, { ...other, run: "", timeSeconds: 0 });
}

import type { Result } from "#common/result.ts";
import type { Isolation, IsolationUnavailable, SandboxPolicy, SandboxProcess } from "../isolation.ts";

/** An isolation whose sandboxes can be started before their run is known. */
export interface PoolableIsolation extends Isolation {
  /**
   * As `launch`, but makes nothing that is not there: building an image takes seconds, and nobody has asked for a run
   * yet. The policy names the sandbox in place of a run.
   */
  launchAhead(
    policy: SandboxPolicy,
    signal: AbortSignal,
  ): Promise<Result<SandboxProcess, IsolationUnavailable>>;
  /**
   * Whether a sandbox runs and is what the policy demands now: its effective settings are read back once more, and its
   * image is the one that a new sandbox would get.
   */
  verify(sandbox: SandboxProcess, policy: SandboxPolicy): Promise<Result<void, IsolationUnavailable>>;
}

import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { once } from "node:events";
import { realpath } from "node:fs/promises";
import { errorText } from "#common/error-text.ts";
import { fail, ok, type Result } from "#common/result.ts";
import { findNode } from "../find-node.ts";
import type {
  Isolation,
  IsolationFacts,
  IsolationUnavailable,
  SandboxPolicy,
  SandboxProcess,
} from "../isolation.ts";
import { killWhenDue } from "../kill-when-due.ts";
import { checkPolicy } from "../policy/check-policy.ts";
import { forbiddenPlaces } from "../policy/forbidden-places.ts";
import { nodeArguments } from "../policy/node-arguments.ts";
import { policyRefused } from "../policy/policy-refused.ts";
import type { SandboxSetup } from "../setup.ts";
import { ChildSandbox } from "./child-sandbox.ts";
import { embeddedFacts } from "./embedded-facts.ts";
import { withResourceLimits } from "./resource-limits.ts";

/**
 * The weaker isolation: a child process under Node's permission model. It shares the kernel's view with the host: a
 * hole in Node or V8 is a hole in it, it sees the host's processes and may signal those of the same user, and its
 * share of the processors is not limited. It gives no mounts and no network of its own, so it refuses a policy that
 * has them.
 */
export class EmbeddedIsolation implements Isolation {
  readonly name = "embedded";
  readonly #setup: SandboxSetup;

  constructor(setup: SandboxSetup) {
    this.#setup = setup;
  }

  async check(): Promise<Result<void, IsolationUnavailable>> {
    const node = await findNode(this.#setup);
    return node.ok ? ok(undefined) : node;
  }

  async describe(): Promise<Result<IsolationFacts, IsolationUnavailable>> {
    const node = await findNode(this.#setup);
    return node.ok ? embeddedFacts(node.value) : node;
  }

  async launch(
    policy: SandboxPolicy,
    signal: AbortSignal,
    whileStarting?: () => void,
  ): Promise<Result<SandboxProcess, IsolationUnavailable>> {
    const checked = checkPolicy(policy, forbiddenPlaces([]));
    if (!checked.ok) return fail(policyRefused(checked.error));
    if (policy.childProcesses) return fail(noProgramsHere);
    if (policy.mounts.length > 0 || policy.network !== "none") return fail(notGivenHere);
    const node = await findNode(this.#setup);
    if (!node.ok) return node;
    try {
      const process = await this.#spawn(node.value, policy, signal);
      killWhenDue(process, policy.timeSeconds, signal);
      whileStarting?.();
      return ok(process);
    } catch (error) {
      return fail(startFailed(error));
    }
  }

  async #spawn(node: string, policy: SandboxPolicy, signal: AbortSignal): Promise<SandboxProcess> {
    // The permission model compares real paths.
    const folder = await realpath(this.#setup.runtimeFolder);
    const [program = node, ...args] = withResourceLimits(policy, [node, ...nodeArguments(policy, folder)]);
    signal.throwIfAborted();
    const child: ChildProcessWithoutNullStreams = spawn(program, args, {
      cwd: folder,
      env: { ...policy.environment },
      detached: true,
      stdio: "pipe",
      windowsHide: true,
    });
    await once(child, "spawn");
    if (child.pid === undefined) throw new Error("the system gave it no process number");
    return new ChildSandbox(child, child.pid, policy.memoryBytes);
  }
}

const notGivenHere: IsolationUnavailable = {
  code: "policy-refused",
  message: "The embedded isolation has no mounts and no network, and the config asks for them.",
  remedy: "Run with `--isolation docker`, or remove `sandbox.mounts` and `sandbox.network` from the config.",
};

const noProgramsHere: IsolationUnavailable = {
  code: "policy-refused",
  message: "The embedded isolation can't hold programs that the runtime starts.",
  remedy: "Run with `--isolation docker`.",
};

function startFailed(thrown: unknown): IsolationUnavailable {
  return {
    code: "start-failed",
    message: `The sandboxed process could not be started: ${errorText(thrown)}`,
    remedy: "Build the runtime (`npm run build`) and try again; `sandbox doctor` shows which Node is used.",
  };
}

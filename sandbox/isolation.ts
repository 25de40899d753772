import type { Readable, Writable } from "node:stream";
import type { Result } from "#common/result.ts";

/**
 * The port of an isolation: something that starts the sandboxed runtime and gives back its two pipes. There are two,
 * `docker` and the weaker `embedded`; neither ever falls back to the other.
 */
export interface Isolation {
  readonly name: IsolationName;
  /** Whether this machine can give it now, quickly; the failure says what is missing and what to do. */
  check(): Promise<Result<void, IsolationUnavailable>>;
  /** What it gives here, control by control. */
  describe(): Promise<Result<IsolationFacts, IsolationUnavailable>>;
  /**
   * Starts one runtime under the policy. After creation the effective settings are read back and compared with the
   * demanded ones; a difference ends the run. Aborting the signal kills it, even half-way through the start.
   * `whileStarting` is called when the start is under way and this process has nothing to do: what is loaded then
   * costs the run no time.
   */
  launch(
    policy: SandboxPolicy,
    signal: AbortSignal,
    whileStarting?: () => void,
  ): Promise<Result<SandboxProcess, IsolationUnavailable>>;
}

export type IsolationName = "docker" | "embedded";

/** What people see of an isolation (`sandbox doctor`). */
export interface IsolationFacts {
  readonly description: string;
  readonly controls: readonly ControlFact[];
}

/** One control of docs/security.md and whether it holds here. */
export interface ControlFact {
  readonly control: string;
  readonly status: "on" | "off" | "unavailable";
  readonly meaning: string;
}

/** Why no sandbox can be had; `remedy` tells the person what to do. The run exits with 3. */
export interface IsolationUnavailable {
  readonly code:
    | "engine-unreachable"
    | "image-failed"
    | "container-runtime-missing"
    | "settings-differ"
    | "node-missing"
    | "start-failed"
    | "policy-refused";
  readonly message: string;
  readonly remedy: string;
}

/**
 * What a run may use, as demanded: the one value that both isolations, the doctor and the plan read.
 * Defaults are the safe ones (`defaultPolicy`); only trusted config widens them.
 */
export interface SandboxPolicy {
  readonly run: string;
  /** What is started: the runtime, or in its place the probes of `sandbox doctor --self-test`. */
  readonly program: "main" | "self-test";
  /** `none` (default), or a network that trusted config names. */
  readonly network: string;
  /** What the engine runs the container with: `runsc` is gVisor, which an engine may offer. */
  readonly containerRuntime: "default" | "runsc";
  readonly memoryBytes: number;
  readonly cpus: number;
  readonly processes: number;
  /** Whether the runtime may start programs inside (MCP servers, the host of plugins). Only a container can hold them. */
  readonly childProcesses: boolean;
  readonly timeSeconds: number;
  /** Host folders that trusted config mounts beside the workspace. The workspace itself is never mounted: File.* goes over the wire. */
  readonly mounts: readonly Mount[];
  /** Variables that trusted config sets; nothing else is in the environment. */
  readonly environment: Readonly<Record<string, string>>;
  /** Image from trusted config; undefined = our own. */
  readonly image: string | undefined;
  /** Whether our image is the one with Python, for plugin tools; these may also make temporary files, in memory. */
  readonly python: boolean;
}

export interface Mount {
  readonly hostPath: string;
  readonly containerPath: string;
  readonly writable: boolean;
}

/** A running sandboxed runtime. */
export interface SandboxProcess {
  /** Container id or process id, for messages and tests. */
  readonly id: string;
  /** Of one that was started before its run was known: what its label names in place of the run. */
  readonly pooledAs?: string;
  readonly input: Writable;
  readonly output: Readable;
  /** What the runtime wrote to standard error (bounded): crashes of ours, never part of the protocol. */
  readonly errorText: () => string;
  /** Settles when it is gone. */
  readonly exited: Promise<SandboxExit>;
  /** Ends it at once and resolves when it is verified gone (container removed). */
  kill(): Promise<void>;
}

export interface SandboxExit {
  readonly code: number | undefined;
  /** `memory`: the kernel killed it for its memory limit; `engine-lost`: the engine that ran it died or stopped answering. */
  readonly reason: "exited" | "killed" | "memory" | "engine-lost";
}

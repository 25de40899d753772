import type { Readable, Writable } from "node:stream";
import type { Result } from "#common/result.ts";
import type { At, RunEventBody } from "#protocol/events/events.ts";
import type { FinishedMessage, StartMessage } from "#protocol/wire/messages.ts";
import type { Redactor } from "../secrets/redactor.ts";
import type { BrokerServices } from "../services.ts";
import type { SpendingLimits, Spent } from "../spending/spending-limits.ts";
import type { ListedCapabilities } from "./manifest-gate.ts";
import type { RunPast } from "./run-past.ts";

export interface ServeRunOptions {
  /** What the sandbox writes. */
  readonly output: Readable;
  /** What the sandbox reads. */
  readonly input: Writable;
  readonly start: StartMessage;
  readonly services: BrokerServices;
  /** Gets every event in order, already redacted: those of the sandbox and those of the host. Must not throw. */
  readonly emit: (event: RunEventBody) => void;
  /** Cancels: the sandbox is told once, requests under way are aborted; the caller kills it if it does not end. */
  readonly signal: AbortSignal;
  readonly redactor: Redactor;
  /** What the manifest of the run lists of its code; anything else is denied. */
  readonly listed: ListedCapabilities;
  readonly spending: {
    readonly limits: SpendingLimits;
    /** What earlier parts of a resumed run spent. */
    readonly before?: Spent;
  };
  /** Resolves when everything that was emitted is on the disk. */
  readonly flush?: () => Promise<void>;
  /** What the journal of a resumed run knows. */
  readonly past?: RunPast;
  /** Seconds until the sandbox must have said hello; default 60. */
  readonly helloSeconds?: number;
}

/** How serving ended: the sandbox's last message, or why there is none. The caller kills the sandbox either way. */
export type ServeOutcome = Result<FinishedMessage, ServeFailure>;

export interface ServeFailure {
  /**
   * `sandbox-lost`: its output ended without a last message. `protocol-error`: it sent what the protocol does not
   * allow. `limit-time`, `limit-output`: it went on over a limit that it should have kept by itself. The others:
   * it asked for more than the run may spend.
   */
  readonly code:
    | "sandbox-lost"
    | "protocol-error"
    | "limit-time"
    | "limit-output"
    | "limit-cost"
    | "limit-tokens"
    | "limit-turns"
    | "limit-tool-calls";
  readonly message: string;
  /** Where the procedure was, as far as its events tell. */
  readonly at?: At;
}

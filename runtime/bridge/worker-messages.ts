import type { MessagePort } from "node:worker_threads";
import type { FinishedMessage, HostMessage, StartMessage } from "#protocol/wire/messages.ts";
import type { SharedBuffers } from "./shared-memory.ts";

/** What the worker is created with. */
export interface WorkerSetup {
  readonly buffers: SharedBuffers;
  /** Brings answers while the worker blocks. */
  readonly answers: MessagePort;
}

/** Supervisor → worker, once. */
export interface WorkerStart {
  readonly start: StartMessage;
}

/** Worker → supervisor: frames lie in the ring; the run is over. */
export type WorkerNotice = { readonly kind: "doorbell" } | FinishedMessage;

/** Over the answers port. */
export type WorkerAnswer = Extract<HostMessage, { kind: "answer" | "refusal" }>;

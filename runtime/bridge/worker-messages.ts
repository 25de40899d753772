import type { MessagePort } from "node:worker_threads";
import type { SupervisorMethod } from "#protocol/wire/inside-methods.ts";
import type { DebugMessage, FinishedMessage, HostMessage, StartMessage } from "#protocol/wire/messages.ts";
import type { RequestParams } from "#protocol/wire/requests.ts";
import type { ConversionReply, ConversionRequest } from "../formats/conversion.ts";
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

/** A request that the supervisor answers itself. */
export interface InsideRequest<Method extends SupervisorMethod = SupervisorMethod> {
  readonly kind: "inside-request";
  readonly id: number;
  readonly method: Method;
  readonly params: RequestParams<Method>;
}

/** Worker → supervisor: frames lie in the ring; a request or a conversion that stays here; the run is over. */
export type WorkerNotice =
  | { readonly kind: "doorbell" }
  | InsideRequest
  | ({ readonly kind: "convert" } & ConversionRequest)
  | FinishedMessage;

/** Over the answers port: of the host, of the supervisor itself, and commands of a debugger. */
export type WorkerAnswer =
  | Extract<HostMessage, { kind: "answer" | "refusal" }>
  | ({ readonly kind: "converted" } & ConversionReply);
export type WorkerMail = WorkerAnswer | DebugMessage;

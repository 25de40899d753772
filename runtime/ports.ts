import type { Json } from "#common/json.ts";
import type { SandboxedEvent } from "#protocol/events/events.ts";
import type { RequestAnswer, RequestMethod, RequestParams } from "#protocol/wire/requests.ts";
import type { Conversion, Converted } from "./formats/conversion.ts";

/**
 * What the procedure engine needs from outside. In the sandbox these are frames over the wire; in unit tests they
 * are plain objects. Everything is synchronous for the caller: the worker blocks until the answer is there.
 */
export interface RuntimePorts {
  /** Sends an event; one way, in order. */
  emit(event: SandboxedEvent): void;
  /** Asks the host and blocks. Throws RequestRefused. */
  request<Method extends RequestMethod>(method: Method, params: RequestParams<Method>): RequestAnswer<Method>;
  /** Works on the content of a file inside the sandbox, and blocks. Throws RequestRefused `file-unreadable`. */
  convert(conversion: Conversion): Converted;
  /** Blocks for some seconds; returns early when the run is cancelled. */
  sleep(seconds: number): void;
  /** Milliseconds since 1970. */
  now(): number;
}

/**
 * Why a run must end before its code does: a stop from outside, too much output; or it waits for something, its code
 * is not the one that its journal tells of, or a replay is over.
 */
export type Interruption = "cancelled" | "time" | "output" | "waiting" | "departed" | "replayed";

/** The ports of a whole run, which can be told to end. */
export interface RunPorts extends RuntimePorts {
  /** As of RuntimePorts; `number` is that of the request in the journal. */
  request<Method extends RequestMethod>(
    method: Method,
    params: RequestParams<Method>,
    number?: number,
  ): RequestAnswer<Method>;
  /** Set when the run must end; looked at between instructions, and before each request. */
  readonly interruption: Interruption | undefined;
}

/** The host said no, or failed. `code` is kebab-case and stable; the message holds no host detail. */
export class RequestRefused extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.name = "RequestRefused";
    this.code = code;
  }
}

/** One field of an `input`, `output` or `state` schema, as `field.*` builds it. */
export interface FieldSchema {
  readonly type: "string" | "number" | "integer" | "boolean" | "array" | "object";
  readonly required: boolean;
  readonly default?: Json;
  readonly description?: string;
  readonly enum?: readonly Json[];
  /** Schema of items (array) or properties (object), minimum, maximum … as given. */
  readonly items?: FieldSchema;
  readonly properties?: Readonly<Record<string, FieldSchema>>;
  readonly minimum?: number;
  readonly maximum?: number;
}

export type FieldSchemas = Readonly<Record<string, FieldSchema>>;

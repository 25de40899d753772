import type { Json } from "#common/json.ts";
import type { At, ToolZone } from "#protocol/events/events.ts";
import type { MockBook } from "../mocks/mock-book.ts";
import type { RuntimePorts } from "../ports.ts";

/** Who called a tool, and from where. */
export interface CallOrigin {
  readonly by: "agent" | "procedure";
  readonly turn?: number;
  readonly at?: At;
}

/** A call as it begins. */
export interface ToolCall {
  readonly tool: string;
  readonly zone: ToolZone;
  readonly arguments: Json;
  readonly origin: CallOrigin;
}

/** A call as `Tool.last_call` and its relatives see it. */
export interface RecordedCall {
  /** Counts the calls of the run from 1. */
  readonly call: number;
  readonly tool: string;
  readonly arguments: Json;
  readonly result: Json;
}

/**
 * The one place where tool calls of a run are numbered, announced, mocked and remembered, whoever makes them.
 */
export class ToolRecorder {
  constructor(_ports: Pick<RuntimePorts, "emit" | "now">, _mocks: MockBook) {}

  /** Runs a call: a mock answers when there is one, else `body`. Rethrows what the body threw, after recording it. */
  run(_call: ToolCall, _body: () => Json): Json {
    throw new Error("not there yet");
  }

  called(_tool: string): boolean {
    return false;
  }

  /** Number of recorded calls of one tool, or of all. */
  count(_tool?: string): number {
    return 0;
  }

  lastCall(_tool: string): RecordedCall | undefined {
    return undefined;
  }

  /** All recorded calls in order. */
  calls(): readonly RecordedCall[] {
    return [];
  }

  /** Forgets the calls of one tool, or of all. */
  reset(_tool?: string): void {}
}

import type { Json } from "#common/json.ts";
import type { At, ToolZone } from "#protocol/events/events.ts";
import type { RuntimePorts } from "../ports.ts";

/** A call that begins: who calls which tool with what. */
export interface ToolCallStart {
  readonly tool: string;
  readonly zone: ToolZone;
  readonly arguments: Json;
  readonly by: "agent" | "procedure";
  readonly turn?: number | undefined;
  readonly at?: At | undefined;
  /** The arguments as JSON text, when the caller has it: keeps `2.0` a float for `last_call()`. */
  readonly argumentsText?: string | undefined;
}

/** How a call ended. `resultText` as `argumentsText`. */
type ToolCallOutcome =
  | { readonly result: Json; readonly resultText?: string | undefined }
  | { readonly error: { readonly code: string; readonly message: string } };

/** One finished call as the procedure can look it up; both values are JSON text. */
export interface RecordedToolCall {
  readonly tool: string;
  readonly argumentsText: string;
  readonly resultText: string;
}

/** A call under way. */
export interface OpenToolCall {
  /** Sends `tool.returned` and records the call. */
  finish(outcome: ToolCallOutcome): void;
}

/**
 * Every tool call of a run, whoever made it: sends the two events of each and remembers what `handle.called()`,
 * `Tool.last_call()` and their kin answer. A call that a procedure made and that failed is not remembered; one that
 * an agent made is, since its error went back to the model as the result.
 */
export class ToolCallLog {
  readonly #ports: Pick<RuntimePorts, "emit" | "now">;
  readonly #nextCall: () => number;
  #calls: RecordedToolCall[] = [];

  /** `nextCall` numbers the calls of the whole run, from 1. */
  constructor(ports: Pick<RuntimePorts, "emit" | "now">, nextCall: () => number) {
    this.#ports = ports;
    this.#nextCall = nextCall;
  }

  /** Sends `tool.called`. */
  begin(start: ToolCallStart): OpenToolCall {
    const { argumentsText, ...described } = start;
    const call = this.#nextCall();
    const startedAt = this.#ports.now();
    this.#ports.emit({ type: "tool.called", call, ...described });
    return {
      finish: (outcome) => {
        const { resultText, ...reported } =
          "error" in outcome ? { ...outcome, resultText: undefined } : outcome;
        const durationMs = Math.max(0, this.#ports.now() - startedAt);
        this.#ports.emit({ type: "tool.returned", call, ...described, ...reported, durationMs });
        const result = "error" in outcome ? errorResult(start, outcome.error.message) : outcome.result;
        if (result === undefined) return;
        this.#calls.push({
          tool: start.tool,
          argumentsText: argumentsText ?? JSON.stringify(start.arguments),
          resultText: resultText ?? JSON.stringify(result),
        });
      },
    };
  }

  /** The remembered calls of one tool, or of all, oldest first. */
  calls(tool?: string): readonly RecordedToolCall[] {
    return tool === undefined ? this.#calls : this.#calls.filter((call) => call.tool === tool);
  }

  last(tool: string): RecordedToolCall | undefined {
    return this.#calls.findLast((call) => call.tool === tool);
  }

  /** Forgets the calls of one tool, or all. Numbers of later calls go on. */
  reset(tool?: string): void {
    this.#calls = tool === undefined ? [] : this.#calls.filter((call) => call.tool !== tool);
  }
}

function errorResult(start: ToolCallStart, message: string): Json | undefined {
  return start.by === "agent" ? { error: message } : undefined;
}

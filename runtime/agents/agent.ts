import type { JsonObject } from "#common/json.ts";
import type { At } from "#protocol/events/events.ts";
import { noUsage, type Usage } from "#protocol/events/usage.ts";
import type { ChatMessage } from "#protocol/wire/requests.ts";
import type { MockBook } from "../mocks/mock-book.ts";
import type { RuntimePorts } from "../ports.ts";
import type { RunRecorder } from "../recording/run-recorder.ts";
import type { ToolSource } from "../tools/offered-tool.ts";
import type { AgentDefinition, TurnCall, TurnResult } from "./agent-definition.ts";

/** What an agent needs of the run it lives in; one object for all agents of a run. */
export interface AgentEnvironment {
  readonly ports: RuntimePorts;
  readonly recorder: RunRecorder;
  readonly mocks: MockBook;
  readonly tools: ToolSource;
  /** With `start.mock`: agents without a declared mock answer a canned text. */
  readonly mock: boolean;
  state(): JsonObject;
  /** Input values given to the run. */
  runInput(): JsonObject;
  /** 0 ≤ x < 1, for retry jitter; from the run's seed. */
  random(): number;
}

/** A live agent: its history, its totals, and the turn. */
export class Agent {
  readonly definition: AgentDefinition;

  /** Resolves the agent's tools. Throws AgentFailure `declaration-invalid` when one is unknown. */
  constructor(definition: AgentDefinition, _environment: AgentEnvironment) {
    this.definition = definition;
  }

  get name(): string {
    return this.definition.name;
  }

  /** Text of the last turn. */
  get output(): string | undefined {
    return undefined;
  }

  /** Usage of all turns so far. */
  get usage(): Usage {
    return noUsage;
  }

  /** US dollars of all turns so far. */
  get cost(): number {
    return 0;
  }

  get history(): readonly ChatMessage[] {
    return [];
  }

  clearHistory(): void {}

  /** One call: a whole tool loop. Throws AgentFailure; what a tool throws beyond ToolFailure passes through. */
  turn(_call: TurnCall, _at?: At): TurnResult {
    throw new Error("not there yet");
  }
}

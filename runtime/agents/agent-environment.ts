import type { JsonObject } from "#common/json.ts";
import type { ContextRegistry } from "../contexts/context-registry.ts";
import type { MockBook } from "../mocks/mock-book.ts";
import type { RuntimePorts } from "../ports.ts";
import type { RunRecorder } from "../recording/run-recorder.ts";
import type { ToolSource } from "../tools/offered-tool.ts";

/** What an agent needs of the run it lives in; one object for all agents of a run. */
export interface AgentEnvironment {
  readonly ports: RuntimePorts;
  readonly recorder: RunRecorder;
  readonly mocks: MockBook;
  readonly tools: ToolSource;
  /** Puts prompts together, for agents that declare a `context`. */
  readonly contexts?: Pick<ContextRegistry, "assemble">;
  /** With `start.mock`: agents without a declared mock answer a canned text. */
  readonly mock: boolean;
  state(): JsonObject;
  /** Input values given to the run. */
  runInput(): JsonObject;
  /** 0 ≤ x < 1, for retry jitter; from the run's seed. */
  random(): number;
}

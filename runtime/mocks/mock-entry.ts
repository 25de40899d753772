import type { Json, JsonObject } from "#common/json.ts";

/** One entry of `Mocks {…}`, normalised: what it answers as an agent, what as a tool (or model, or module). */
export interface MockEntry {
  readonly agent?: AgentMock;
  readonly tool?: ToolMock;
}

export interface AgentMock extends AgentMockTurn {
  /** One answer a turn; what a turn leaves out comes from the entry around it. */
  readonly temporal: readonly (AgentMockTurn & { readonly whenMessage?: string })[];
}

export interface AgentMockTurn {
  readonly message?: string;
  readonly toolCalls?: readonly MockedToolCall[];
  readonly data?: JsonObject;
  readonly runTools?: boolean;
}

export interface MockedToolCall {
  readonly tool: string;
  readonly arguments: JsonObject;
}

export type ToolMock =
  | { readonly kind: "returns"; readonly value: Json }
  /** One value a call; the last repeats. */
  | { readonly kind: "temporal"; readonly values: readonly Json[] }
  | { readonly kind: "conditional"; readonly cases: readonly ConditionalCase[] }
  | { readonly kind: "error"; readonly message: string };

export interface ConditionalCase {
  /** Argument name → pattern; all must match. */
  readonly when: JsonObject;
  readonly value: Json;
}

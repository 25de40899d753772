import type { Result } from "#common/result.ts";
import type { Decoded } from "../schema/decoded.ts";
import type { AgentDefinition, TurnCall } from "./agent-definition.ts";

/** Settings that were in force when the agent was declared. */
export interface AgentDefaults {
  readonly provider?: string;
  readonly model?: string;
}

/** Reads the table of `Agent {…}`. Failures are sentences that name the agent and the field (`declaration-invalid`). */
export function parseAgent(
  _name: string,
  _table: Decoded,
  _defaults: AgentDefaults,
): Result<AgentDefinition, readonly string[]> {
  throw new Error("not there yet");
}

/** Reads the argument of a call: nothing, a text, or a table. */
export function parseTurnCall(_agent: string, _argument: Decoded): Result<TurnCall, readonly string[]> {
  throw new Error("not there yet");
}

import type { Json } from "#common/json.ts";
import type { At } from "#protocol/events/events.ts";
import type { OfferedTool } from "../tools/offered-tool.ts";
import type { AgentEnvironment } from "./agent-environment.ts";

/** One turn as its parts see it. */
export interface TurnContext {
  readonly environment: AgentEnvironment;
  /** Number of the turn in the run, from 1. */
  readonly number: number;
  readonly agent: string;
  /** The tools of this turn; nothing else can be called. */
  readonly tools: readonly OfferedTool[];
  /** The calls that tools of this turn answered, in order; parts of the turn add to it. */
  readonly toolCalls: Array<{ readonly tool: string; readonly arguments: Json; readonly result: Json }>;
  /** Where the turn was called; spread into events. */
  readonly at: { readonly at?: At };
}

/** A warning of the turn's own, where the turn was called. */
export function warn(turn: TurnContext, message: string): void {
  turn.environment.ports.emit({ type: "log", level: "warn", message, ...turn.at });
}

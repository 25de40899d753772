import type { Json, JsonObject } from "#common/json.ts";
import type { ChatMessage, GenerateParams } from "#protocol/wire/requests.ts";
import type { FieldSchemas } from "../ports.ts";
import type { DecodedFunction, DecodedHandle } from "../schema/decoded.ts";
import type { OutputSchema } from "../schema/output-schema.ts";
import type { ToolSelection } from "../tools/select-tools.ts";
import type { PromptingStyle } from "./prompting-style.ts";

/** Everything an `Agent {…}` declares, checked and normalised. */
export interface AgentDefinition {
  readonly name: string;
  readonly provider: string;
  readonly model: string;
  readonly settings: ModelSettings;
  readonly systemPrompt: string;
  readonly initialMessage?: string;
  /** Undefined: the default tools; empty: none. */
  readonly tools?: readonly ToolExpression[];
  readonly inlineTools: readonly InlineTool[];
  readonly input?: FieldSchemas;
  readonly output?: OutputSchema;
  readonly toolChoice?: GenerateParams["toolChoice"];
  readonly historyFilter?: HistoryFilter;
  readonly prepare?: DecodedFunction;
  readonly retry: RetryPolicy;
  readonly maximumToolRounds: number;
  /** Turns in a run; undefined: as many as the run may have. */
  readonly maximumTurns?: number;
  /** Whose history it reads and writes: its own, one for all that say so, or that of another agent. */
  readonly historySource: "own" | "shared" | { readonly agent: string };
  readonly style: PromptingStyle;
  /** A Context, by handle or name. */
  readonly context?: string | DecodedHandle;
}

export type ModelSettings = GenerateParams["settings"];

/** One entry of `tools`: a name or handle, with the changes of a toolset expression. */
export interface ToolExpression extends ToolSelection {
  readonly target: string | DecodedHandle;
}

/** One entry of `inline_tools`; the runtime makes a tool `<agent>_<name>` of it. */
export interface InlineTool {
  readonly name: string;
  readonly description: string;
  readonly input: FieldSchemas;
  readonly handler: DecodedFunction;
}

export interface RetryPolicy {
  /** Total attempts, at least 1. */
  readonly attempts: number;
  readonly delaySeconds: number;
  /** 0 = no cap. */
  readonly maximumDelaySeconds: number;
  readonly backoff: "constant" | "exponential";
  readonly jitter: boolean;
  readonly on: "infra_plus_validation" | "infra_only" | "validation_only";
}

/** `filters.*` values, or a function of the procedure. */
export type HistoryFilter =
  | {
      readonly kind: "last_n" | "first_n" | "token_budget" | "tail_tokens" | "head_tokens";
      readonly count: number;
    }
  | { readonly kind: "by_role"; readonly role: string }
  | { readonly kind: "system_prefix" }
  | { readonly kind: "compose"; readonly filters: readonly HistoryFilter[] }
  | { readonly kind: "function"; readonly filter: DecodedFunction };

/** What one call of an agent asks for; the keys that are not overrides are in `context`. */
export interface TurnCall {
  readonly message?: string;
  /** Names of the tools of this turn; empty: none; undefined: all of the agent. */
  readonly tools?: readonly string[];
  readonly temperature?: number;
  readonly maxTokens?: number;
  readonly requestTimeout?: number;
  readonly systemPrompt?: string;
  readonly systemPromptSuffix?: string;
  readonly context: JsonObject;
}

/** What a turn gives back. */
export interface TurnResult {
  readonly output: Json;
  /** Text of the last answer of the model. */
  readonly text: string;
  /** Of all model requests of the turn, retries included. */
  readonly usage: {
    readonly inputTokens: number;
    readonly outputTokens: number;
    readonly totalTokens: number;
  };
  /** US dollars, when every price was known. */
  readonly cost?: number;
  readonly provider: string;
  readonly model: string;
  /** Messages that this turn added to the agent's history. */
  readonly messages: readonly ChatMessage[];
  readonly toolCalls: readonly { readonly tool: string; readonly arguments: Json; readonly result: Json }[];
}

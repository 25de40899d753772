import type { Json } from "#common/json.ts";
import type { TextRange } from "#common/text-position.ts";

/** What the `.tac` beside a sidecar declares, as far as sidecars are concerned. */
export interface ProcedureFacts {
  /** The `.tac` as findings name it. */
  readonly file: string;
  readonly inputs: readonly ProcedureInput[];
  /** Names of the tools, toolsets and agents that it declares. */
  readonly tools: readonly string[];
  readonly toolsets: readonly string[];
  readonly agents: readonly string[];
  /** Host tools that it calls, and MCP servers whose tools it names: what only a config can give. */
  readonly needs?: readonly ProcedureNeed[];
}

/** One declared input. */
export interface ProcedureInput {
  readonly name: string;
  /** `string`, `number`, `integer`, `boolean`, `array`, `object`; anything else fits every value. */
  readonly type: string;
  readonly required: boolean;
  readonly description: string;
  /** Of its name in the `.tac`. */
  readonly range: TextRange;
  /** The only values it may have. */
  readonly values?: readonly Json[];
  readonly default?: Json;
}

/** Something that a procedure uses and a config must define. */
export interface ProcedureNeed {
  readonly kind: "host tool" | "MCP server";
  readonly name: string;
  /** Where the `.tac` names it. */
  readonly range: TextRange;
}

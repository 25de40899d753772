import type { Json } from "#common/json.ts";

/** One declared input of a procedure, as the form needs it. */
export interface FieldDescription {
  readonly name: string;
  readonly type: "string" | "number" | "integer" | "boolean" | "array" | "object";
  readonly required: boolean;
  readonly default?: Json;
  readonly description?: string;
  readonly enum?: readonly Json[];
  readonly minimum?: number;
  readonly maximum?: number;
}

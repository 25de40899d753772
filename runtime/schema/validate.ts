import type { Json, JsonObject } from "#common/json.ts";
import type { Result } from "#common/result.ts";
import type { FieldSchema, FieldSchemas } from "../ports.ts";
import type { FieldProblem } from "./field-problem.ts";
import type { OutputSchema } from "./field-schema.ts";

export interface ValidationOptions {
  /** What the fields are, in messages: `input`, `output`, `argument`. */
  readonly what: string;
  readonly applyDefaults?: boolean;
  /** Fields that are not declared: kept (default), dropped, or a problem. */
  readonly undeclared?: "keep" | "drop" | "reject";
}

/** Checks named fields: required, type, enum, range. The value is a copy with defaults and empty tables as declared. */
export function validateFields(
  _schemas: FieldSchemas,
  _value: Json | undefined,
  _options: ValidationOptions,
): Result<JsonObject, readonly FieldProblem[]> {
  throw new Error("not there yet");
}

/** Checks one value against one schema; a missing value is a problem only when it is required. */
export function validateValue(
  _schema: FieldSchema,
  _value: Json | undefined,
  _options: ValidationOptions & { readonly path?: string },
): Result<Json | undefined, readonly FieldProblem[]> {
  throw new Error("not there yet");
}

/** Checks a result against a declared output of either kind. */
export function validateOutput(
  _schema: OutputSchema,
  _value: Json | undefined,
  _options: ValidationOptions,
): Result<Json | undefined, readonly FieldProblem[]> {
  throw new Error("not there yet");
}

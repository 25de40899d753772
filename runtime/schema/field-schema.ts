import type { JsonObject } from "#common/json.ts";
import type { Result } from "#common/result.ts";
import type { FieldSchema, FieldSchemas } from "../ports.ts";
import type { Decoded } from "./decoded.ts";

/** The types that `field.*` can build. */
export const fieldTypes: readonly FieldSchema["type"][] = [
  "string",
  "number",
  "integer",
  "boolean",
  "array",
  "object",
];

/** What a procedure or an agent declares as its output: named fields, one value, or nothing. */
export type OutputSchema =
  | { readonly kind: "fields"; readonly fields: FieldSchemas }
  | { readonly kind: "value"; readonly field: FieldSchema };

/** The table that `field.<type>(options)` gives back to Lua: plain JSON, `required` always set. */
export function buildField(_type: FieldSchema["type"], _options: Decoded): Result<JsonObject, string> {
  throw new Error("not there yet");
}

/**
 * Reads a map of fields (`input`, `state`, …). Failures are sentences that name the field.
 * `requiredUnlessSaid`: a plain table without `required` is required (the rule for tools).
 */
export function parseFieldSchemas(
  _value: Decoded,
  _options: { readonly what: string; readonly requiredUnlessSaid?: boolean },
): Result<FieldSchemas, readonly string[]> {
  throw new Error("not there yet");
}

/** Reads `output`: a map of fields, or one field. Undefined for none. */
export function parseOutputSchema(
  _value: Decoded,
  _options: { readonly what: string },
): Result<OutputSchema | undefined, readonly string[]> {
  throw new Error("not there yet");
}

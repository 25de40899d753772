import type { JsonObject } from "#common/json.ts";
import type { FieldSchemas } from "../ports.ts";
import type { OutputSchema } from "./field-schema.ts";

/** JSON Schema of named fields, for models and tools. */
export function toJsonSchema(_schemas: FieldSchemas): JsonObject {
  throw new Error("not there yet");
}

/** JSON Schema of a declared output of either kind. */
export function outputJsonSchema(_schema: OutputSchema): JsonObject {
  throw new Error("not there yet");
}

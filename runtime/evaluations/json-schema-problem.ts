import { Validator } from "@cfworker/json-schema";
import { isJsonObject, type Json } from "#common/json.ts";

/**
 * Where a value departs from a JSON Schema; undefined when it does not. The validator interprets the schema: nothing
 * is compiled, since the sandbox allows no code made from texts. Throws on a schema that can't be followed.
 */
export function jsonSchemaProblem(schema: Json, value: Json): string | undefined {
  if (!isJsonObject(schema) && typeof schema !== "boolean") throw new Error("The JSON Schema is no table.");
  const { valid, errors } = new Validator(schema, "2020-12").validate(value);
  if (valid) return undefined;
  const last = errors.at(-1);
  return last
    ? `${last.instanceLocation.replace(/^#/, "") || "The value"}: ${last.error}`
    : "It does not fit the JSON Schema.";
}

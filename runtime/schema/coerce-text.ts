import { isJsonObject, type Json, parseJsonSafely } from "#common/json.ts";
import { fail, ok, type Result } from "#common/result.ts";
import type { FieldSchema } from "../ports.ts";

const booleans: ReadonlyMap<string, boolean> = new Map([
  ["true", true],
  ["yes", true],
  ["on", true],
  ["1", true],
  ["false", false],
  ["no", false],
  ["off", false],
  ["0", false],
]);

/** A value given as text (`--input count=3`), by the declared type; enum and range are for `validateFields`. */
export function coerceText(schema: Pick<FieldSchema, "type">, text: string): Result<Json, string> {
  switch (schema.type) {
    case "string":
      return ok(text);
    case "number":
      return coerceNumber(text, Number.isFinite, "a number");
    case "integer":
      return coerceNumber(text, Number.isInteger, "an integer");
    case "boolean":
      return coerceBoolean(text);
    case "array":
      return coerceJson(text, Array.isArray, 'a list in JSON, such as ["a", "b"]');
    case "object":
      return coerceJson(text, isJsonObject, 'an object in JSON, such as {"a": 1}');
  }
}

function coerceNumber(
  text: string,
  fits: (value: number) => boolean,
  expected: string,
): Result<Json, string> {
  const value = Number(text);
  return text.trim() !== "" && fits(value) ? ok(value) : fail(mismatch(expected, text));
}

function coerceBoolean(text: string): Result<Json, string> {
  const value = booleans.get(text.trim().toLowerCase());
  return value === undefined ? fail(mismatch("true or false", text)) : ok(value);
}

function coerceJson(text: string, fits: (value: Json) => boolean, expected: string): Result<Json, string> {
  try {
    const value = parseJsonSafely(text);
    return fits(value) ? ok(value) : fail(mismatch(expected, text));
  } catch {
    // Not JSON: the same message as for JSON of another kind.
    return fail(mismatch(expected, text));
  }
}

function mismatch(expected: string, text: string): string {
  return `must be ${expected}, got ${JSON.stringify(text.slice(0, 60))}`;
}

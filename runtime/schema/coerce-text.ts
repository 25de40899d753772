import type { Json } from "#common/json.ts";
import type { Result } from "#common/result.ts";
import type { FieldSchema } from "../ports.ts";

/** A value given as text (`--input count=3`), by the declared type. The failure says what was expected. */
export function coerceText(_schema: FieldSchema, _text: string): Result<Json, string> {
  throw new Error("not there yet");
}

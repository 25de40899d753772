import * as z from "zod";
import { errorText } from "#common/error-text.ts";
import { isJsonObject, type JsonObject } from "#common/json.ts";
import { fail, ok, type Result } from "#common/result.ts";

/** Checks arguments and fills in their defaults; a failure says what is wrong with them. */
export type ArgumentCheck = (parameters: JsonObject) => Result<JsonObject, string>;

/** The check of a JSON Schema; without one any object fits. Fails for a schema that can't be used. */
export function argumentCheck(schema: JsonObject | undefined): Result<ArgumentCheck, string> {
  if (!schema) return ok((parameters) => ok(parameters));
  try {
    const checked = z.fromJSONSchema(structuredClone(schema));
    return ok((parameters) => {
      const parsed = checked.safeParse(parameters);
      if (!parsed.success) return fail(z.prettifyError(parsed.error).slice(0, 300));
      return isJsonObject(parsed.data) ? ok(parsed.data) : fail("The arguments are no object.");
    });
  } catch (error) {
    return fail(errorText(error));
  }
}

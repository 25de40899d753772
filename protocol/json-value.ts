import * as z from "zod";
import type { Json, JsonObject } from "#common/json.ts";

/**
 * Any JSON value. What crosses the wire or stands in a journal was parsed from JSON text, within the limits of a frame:
 * its insides are JSON already, and walking a million of them with a schema would hold up the host for seconds.
 */
export const jsonValue: z.ZodType<Json> = z.custom<Json>((value) => value !== undefined);

/** A JSON object; its values are not looked at either. */
export const jsonObject: z.ZodType<JsonObject> = z.record(z.string(), jsonValue);

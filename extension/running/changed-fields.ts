import { isSameJson, type Json, type JsonObject } from "#common/json.ts";

/** Fields that are other than before; those that were taken out are null. */
export function changedFields(before: JsonObject, after: JsonObject): JsonObject {
  const changed: Record<string, Json> = {};
  for (const key of Object.keys(before)) if (!Object.hasOwn(after, key)) changed[key] = null;
  for (const [key, value] of Object.entries(after)) {
    if (!Object.hasOwn(before, key) || !isSameJson(before[key], value)) changed[key] = value;
  }
  return changed;
}

import { isJsonObject, type Json } from "#common/json.ts";

/**
 * Whether a schema fits OpenAI's strict mode: every object names all its properties as required and allows no others.
 * https://platform.openai.com/docs/guides/structured-outputs
 */
export function isStrictSchema(schema: Json): boolean {
  if (Array.isArray(schema)) return schema.every(isStrictSchema);
  if (!isJsonObject(schema)) return true;
  return (schema["type"] !== "object" || isClosed(schema)) && Object.values(schema).every(isStrictSchema);
}

function isClosed(schema: { readonly [key: string]: Json }): boolean {
  const { properties = {}, required = [], additionalProperties } = schema;
  if (additionalProperties !== false || !isJsonObject(properties) || !Array.isArray(required)) return false;
  return Object.keys(properties).every((name) => required.includes(name));
}

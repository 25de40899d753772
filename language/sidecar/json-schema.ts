import { z } from "zod";
import { isJsonObject, type Json, type JsonObject } from "#common/json.ts";
import { configSchema } from "#language/sidecar/config-schema.ts";
import { configKeys } from "#vocabulary/config-keys.ts";

/** The JSON Schema of config files and sidecars, with what each key means, for editors' YAML support. */
export function configJsonSchema(): Json {
  const schema: unknown = z.toJSONSchema(configSchema, { io: "input", unrepresentable: "any" });
  return { title: "Tactus config and sidecar", ...(isJsonObject(schema) && describe(schema, "")) };
}

/** Adds the vocabulary's sentence and default to each key; `*` stands for a name that the person chooses. */
function describe(schema: JsonObject, path: string): JsonObject {
  const key = configKeys.find((known) => known.path === path);
  const { properties, additionalProperties, ...rest } = schema;
  return {
    ...rest,
    ...(key && { description: key.doc }),
    ...(key?.default !== undefined && { default: key.default }),
    ...(key?.withoutEffect !== undefined && { deprecated: true }),
    ...(isJsonObject(properties) && { properties: describeAll(properties, path) }),
    ...(isJsonObject(additionalProperties)
      ? { additionalProperties: describe(additionalProperties, below(path, "*")) }
      : additionalProperties !== undefined && { additionalProperties }),
  };
}

function describeAll(properties: JsonObject, path: string): JsonObject {
  return Object.fromEntries(
    Object.entries(properties).map(([name, value]) => [
      name,
      isJsonObject(value) ? describe(value, below(path, name)) : value,
    ]),
  );
}

function below(path: string, name: string): string {
  return path === "" ? name : `${path}.${name}`;
}

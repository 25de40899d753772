import type { Json, JsonObject } from "#common/json.ts";
import type { FieldSchema, FieldSchemas } from "../ports.ts";
import type { OutputSchema } from "./output-schema.ts";

/** JSON Schema of named fields, for models and tools: required fields first, each group by name. */
export function toJsonSchema(schemas: FieldSchemas): JsonObject {
  const names = inOrder(schemas).map(([name]) => name);
  const properties: Record<string, Json> = Object.create(null);
  for (const [name, schema] of inOrder(schemas)) properties[name] = fieldJsonSchema(schema);
  return {
    type: "object",
    properties,
    required: names.filter((name) => schemas[name]?.required),
    additionalProperties: false,
  };
}

/** JSON Schema of a declared output of either kind. */
export function outputJsonSchema(schema: OutputSchema): JsonObject {
  return schema.kind === "fields" ? toJsonSchema(schema.fields) : fieldJsonSchema(schema.field);
}

/** Fields as people and models read them: required ones first, then optional ones, each group by name. */
export function inOrder(schemas: FieldSchemas): Array<[name: string, schema: FieldSchema]> {
  return Object.entries(schemas).sort(
    ([nameA, a], [nameB, b]) => Number(b.required) - Number(a.required) || (nameA < nameB ? -1 : 1),
  );
}

function fieldJsonSchema(schema: FieldSchema): JsonObject {
  const nested = schema.properties ? toJsonSchema(schema.properties) : { type: schema.type };
  return {
    ...nested,
    ...(schema.description ? { description: schema.description } : {}),
    ...(schema.enum ? { enum: schema.enum } : {}),
    ...(schema.default !== undefined ? { default: schema.default } : {}),
    ...(schema.items ? { items: fieldJsonSchema(schema.items) } : {}),
    ...bound(schema, "minimum"),
    ...bound(schema, "maximum"),
  };
}

const boundWords: Readonly<Record<string, { readonly minimum: string; readonly maximum: string }>> = {
  string: { minimum: "minLength", maximum: "maxLength" },
  array: { minimum: "minItems", maximum: "maxItems" },
};

function bound(schema: FieldSchema, side: "minimum" | "maximum"): JsonObject {
  const value = schema[side];
  if (value === undefined) return {};
  return { [boundWords[schema.type]?.[side] ?? side]: value };
}

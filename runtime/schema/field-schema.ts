import type { Json, JsonObject } from "#common/json.ts";
import { fail, ok, type Result } from "#common/result.ts";
import type { FieldSchema, FieldSchemas } from "../ports.ts";
import { type Decoded, decodedJson, isDecodedTable } from "./decoded.ts";
import type { OutputSchema } from "./output-schema.ts";
import { validateValue } from "./validate.ts";

type FieldType = FieldSchema["type"];

/** The types that `field.*` can build. */
export const fieldTypes: readonly FieldType[] = ["string", "number", "integer", "boolean", "array", "object"];

/** Other words for the types that plain tables may use. */
const typeAliases: ReadonlyMap<string, FieldType> = new Map<string, FieldType>([
  ["str", "string"],
  ["float", "number"],
  ["int", "integer"],
  ["bool", "boolean"],
  ["list", "array"],
  ["dict", "object"],
  ["table", "object"],
]);

interface ReadingOptions {
  /** What the fields belong to, in messages: `input of procedure 'main'`. */
  readonly what: string;
  /** A plain table without `required` is required (the rule for tools); `field.*` always says it. */
  readonly requiredUnlessSaid?: boolean;
}

/** The table that `field.<type>(options)` gives back to Lua: plain JSON, `required` always set, unknown options left out. */
export function buildField(type: FieldType, options: Decoded): Result<JsonObject, string> {
  if (options !== undefined && !isDecodedTable(options)) {
    return fail(`field.${type} takes a table of options, such as field.${type}{required = true}.`);
  }
  const field = readField({ ...options, type }, `field.${type}`, { what: "" });
  if (!field.ok) return fail(field.error.join("\n"));
  return ok(fieldAsJson(field.value));
}

/** Reads a map of fields (`input`, `state`, …). Failures are sentences that name the field. */
export function parseFieldSchemas(
  value: Decoded,
  options: ReadingOptions,
): Result<FieldSchemas, readonly string[]> {
  if (value === undefined) return ok({});
  if (!isDecodedTable(value)) {
    return fail([`${options.what} must be a table of fields, such as {name = field.string{}}.`]);
  }
  const fields: Record<string, FieldSchema> = Object.create(null);
  const failures: string[] = [];
  for (const [name, declared] of Object.entries(value)) {
    const field = readField(declared, `field '${name}' in ${options.what}`, options);
    if (field.ok) fields[name] = field.value;
    else failures.push(...field.error);
  }
  return failures.length > 0 ? fail(failures) : ok(fields);
}

/** Reads `output`: a map of fields, or one field. Undefined for none. */
export function parseOutputSchema(
  value: Decoded,
  options: ReadingOptions,
): Result<OutputSchema | undefined, readonly string[]> {
  if (value === undefined) return ok(undefined);
  if (isDecodedTable(value) && typeOf(value["type"]) !== undefined) {
    const field = readField(value, options.what, options);
    return field.ok ? ok({ kind: "value", field: field.value }) : field;
  }
  const fields = parseFieldSchemas(value, options);
  if (!fields.ok) return fields;
  return ok(Object.keys(fields.value).length === 0 ? undefined : { kind: "fields", fields: fields.value });
}

function readField(
  declared: Decoded,
  label: string,
  options: ReadingOptions,
): Result<FieldSchema, readonly string[]> {
  if (typeof declared === "string") return readField({ type: declared, required: false }, label, options);
  const type = isDecodedTable(declared) ? typeOf(declared["type"]) : undefined;
  if (!isDecodedTable(declared) || type === undefined) {
    return fail([
      `${label} must be a field, such as field.string{}; the types are ${fieldTypes.join(", ")}.`,
    ]);
  }
  const failures: string[] = [];
  const required = declared["required"] ?? options.requiredUnlessSaid ?? false;
  if (typeof required !== "boolean") failures.push(`${label}: 'required' must be true or false.`);
  const schema: FieldSchema = {
    type,
    required: required === true,
    ...readText(declared["description"]),
    ...readEnum(declared["enum"], label, failures),
    ...readBounds(
      declared["minimum"] ?? declared["min"],
      declared["maximum"] ?? declared["max"],
      label,
      failures,
    ),
    ...readItems(declared["items"], label, failures),
    ...readProperties(declared["properties"], label, failures),
  };
  const complete = required === true ? schema : withDefault(schema, declared["default"], label, failures);
  return failures.length > 0 ? fail(failures) : ok(complete);
}

function typeOf(value: Decoded): FieldType | undefined {
  if (typeof value !== "string") return undefined;
  return fieldTypes.find((type) => type === value) ?? typeAliases.get(value);
}

function readText(description: Decoded): { description?: string } {
  return typeof description === "string" ? { description } : {};
}

function readEnum(value: Decoded, label: string, failures: string[]): { enum?: readonly Json[] } {
  if (value === undefined) return {};
  const choices = decodedJson(value);
  if (Array.isArray(choices) && choices.length > 0) return { enum: choices };
  failures.push(`${label}: 'enum' must be a list of values.`);
  return {};
}

function readBounds(
  minimum: Decoded,
  maximum: Decoded,
  label: string,
  failures: string[],
): { minimum?: number; maximum?: number } {
  const bounds: { minimum?: number; maximum?: number } = {};
  if (typeof minimum === "number") bounds.minimum = minimum;
  else if (minimum !== undefined) failures.push(`${label}: 'minimum' must be a number.`);
  if (typeof maximum === "number") bounds.maximum = maximum;
  else if (maximum !== undefined) failures.push(`${label}: 'maximum' must be a number.`);
  return bounds;
}

function readItems(value: Decoded, label: string, failures: string[]): { items?: FieldSchema } {
  if (value === undefined) return {};
  const items = readField(value, `items of ${label}`, { what: label });
  if (items.ok) return { items: items.value };
  failures.push(...items.error);
  return {};
}

function readProperties(value: Decoded, label: string, failures: string[]): { properties?: FieldSchemas } {
  if (value === undefined) return {};
  const properties = parseFieldSchemas(value, { what: `the properties of ${label}` });
  if (properties.ok) return { properties: properties.value };
  failures.push(...properties.error);
  return {};
}

/** A default has to be a value of its own field; otherwise a run that gives nothing would fail with a puzzling input error. */
function withDefault(schema: FieldSchema, value: Decoded, label: string, failures: string[]): FieldSchema {
  if (value === undefined) return schema;
  const json = decodedJson(value);
  const checked = json === undefined ? undefined : validateValue(schema, json, { what: "default" });
  if (checked?.ok && checked.value !== undefined) return { ...schema, default: checked.value };
  const why =
    checked && !checked.ok ? checked.error.map((problem) => problem.message) : ["default must be plain data"];
  failures.push(...why.map((message) => `${label}: ${message}.`));
  return schema;
}

function fieldAsJson(field: FieldSchema): JsonObject {
  const { items, properties, ...plain } = field;
  return {
    ...plain,
    ...(items ? { items: fieldAsJson(items) } : {}),
    ...(properties ? { properties: fieldsAsJson(properties) } : {}),
  };
}

function fieldsAsJson(fields: FieldSchemas): JsonObject {
  return Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, fieldAsJson(field)]));
}

import { isJsonObject, type Json, type JsonObject } from "#common/json.ts";
import { fail, ok, type Result } from "#common/result.ts";
import type { FieldSchema, FieldSchemas } from "../ports.ts";
import { type FieldProblem, shown } from "./field-problem.ts";
import type { OutputSchema } from "./output-schema.ts";

export interface ValidationOptions {
  /** What the fields are, in messages: `input`, `output`, `argument`. */
  readonly what: string;
  readonly applyDefaults?: boolean;
  /** Fields that are not declared: kept (default), dropped, or a problem. Inside a field they are always kept. */
  readonly undeclared?: "keep" | "drop" | "reject";
}

interface ValueOptions extends ValidationOptions {
  readonly path?: string;
}

type Checked<Value> = Result<Value, readonly FieldProblem[]>;

/** Checks named fields: required, type, enum, range. The value is a copy with defaults, and empty tables as declared. */
export function validateFields(
  schemas: FieldSchemas,
  value: Json | undefined,
  options: ValueOptions,
): Checked<JsonObject> {
  const given = asObject(value ?? {});
  if (!given) return fail([typeProblem("a table", value ?? null, options)]);
  const result: Record<string, Json> = Object.create(null);
  const problems: FieldProblem[] = [];
  for (const [name, schema] of Object.entries(schemas)) {
    const checked = validateValue(schema, own(given, name), { ...options, path: below(options.path, name) });
    if (!checked.ok) problems.push(...checked.error);
    else if (checked.value !== undefined) result[name] = checked.value;
  }
  if (options.undeclared !== "drop") {
    for (const [name, extra] of Object.entries(given)) {
      if (Object.hasOwn(schemas, name)) continue;
      if (options.undeclared === "reject") problems.push(undeclaredProblem(name, schemas, options));
      else result[name] = extra;
    }
  }
  return problems.length > 0 ? fail(problems) : ok(result);
}

/** Checks one value against one schema; a missing value (null counts) is a problem only when it is required. */
export function validateValue(
  schema: FieldSchema,
  value: Json | undefined,
  options: ValueOptions,
): Checked<Json | undefined> {
  if (value === undefined || value === null) return validateMissing(schema, options);
  const typed = ofType(schema, value);
  if (typed === undefined) return fail([typeProblem(typeWords[schema.type], value, options)]);
  if (schema.enum && !schema.enum.some((choice) => sameJson(choice, typed))) {
    return fail([enumProblem(schema.enum, typed, options)]);
  }
  const range = rangeProblem(schema, typed, options);
  if (range) return fail([range]);
  return validateInside(schema, typed, options);
}

/** Checks a result against a declared output of either kind. */
export function validateOutput(
  schema: OutputSchema,
  value: Json | undefined,
  options: ValidationOptions,
): Checked<Json | undefined> {
  if (schema.kind === "value") return validateValue(schema.field, value, options);
  return validateFields(schema.fields, value ?? undefined, options);
}

function validateMissing(schema: FieldSchema, options: ValueOptions): Checked<Json | undefined> {
  if (options.applyDefaults && schema.default !== undefined) return ok(schema.default);
  if (!schema.required) return ok(undefined);
  const described = schema.description ? `: ${schema.description}` : "";
  const message = `${subject(options)} is required (${schema.type})${described}`;
  return fail([{ field: options.path ?? "", reason: "missing", message }]);
}

function validateInside(schema: FieldSchema, value: Json, options: ValueOptions): Checked<Json | undefined> {
  const inner: ValueOptions = { ...options, undeclared: "keep" };
  if (schema.properties && isJsonObject(value)) return validateFields(schema.properties, value, inner);
  if (!schema.items || !Array.isArray(value)) return ok(value);
  const items: Json[] = [];
  const problems: FieldProblem[] = [];
  const itemSchema = { ...schema.items, required: true };
  for (const [index, item] of value.entries()) {
    const checked = validateValue(itemSchema, item, {
      ...inner,
      path: `${options.path ?? ""}[${index + 1}]`,
    });
    if (!checked.ok) problems.push(...checked.error);
    else items.push(checked.value ?? null);
  }
  return problems.length > 0 ? fail(problems) : ok(items);
}

/** The value as the declared type sees it; undefined when it is of another type. */
function ofType(schema: FieldSchema, value: Json): Json | undefined {
  switch (schema.type) {
    case "string":
    case "boolean":
    case "number":
      return typeof value === schema.type ? value : undefined;
    case "integer":
      return Number.isInteger(value) ? value : undefined;
    case "array":
      return Array.isArray(value) ? value : isEmptyObject(value) ? [] : undefined;
    case "object":
      return asObject(value);
  }
}

/** An empty Lua table is a list as well as an object. */
function asObject(value: Json): JsonObject | undefined {
  if (isJsonObject(value)) return value;
  return Array.isArray(value) && value.length === 0 ? {} : undefined;
}

function isEmptyObject(value: Json): boolean {
  return isJsonObject(value) && Object.keys(value).length === 0;
}

const typeWords: Readonly<Record<FieldSchema["type"], string>> = {
  string: "a string",
  number: "a number",
  integer: "an integer",
  boolean: "true or false",
  array: "a list",
  object: "a table",
};

function typeProblem(expected: string, value: Json, options: ValueOptions): FieldProblem {
  const message = `${subject(options)} must be ${expected}, got ${shown(value)}`;
  return { field: options.path ?? "", reason: "type", message };
}

function enumProblem(choices: readonly Json[], value: Json, options: ValueOptions): FieldProblem {
  const list = choices.map((choice) => JSON.stringify(choice)).join(", ");
  const message = `${subject(options)} must be one of ${list}, got ${shown(value)}`;
  return { field: options.path ?? "", reason: "enum", message };
}

/** Bounds count for numbers by value, for strings by characters, for lists by items. */
function rangeProblem(schema: FieldSchema, value: Json, options: ValueOptions): FieldProblem | undefined {
  const size = typeof value === "number" ? value : sizeOf(value);
  if (size === undefined) return undefined;
  const tooSmall = schema.minimum !== undefined && size < schema.minimum;
  const tooLarge = schema.maximum !== undefined && size > schema.maximum;
  if (!tooSmall && !tooLarge) return undefined;
  const bound = tooSmall ? `at least ${schema.minimum}` : `at most ${schema.maximum}`;
  const message = `${subject(options)} must be ${bound}${unitOf(value)}, got ${size}`;
  return { field: options.path ?? "", reason: "range", message };
}

function sizeOf(value: Json): number | undefined {
  if (typeof value === "string") return [...value].length;
  return Array.isArray(value) ? value.length : undefined;
}

function unitOf(value: Json): string {
  if (typeof value === "number") return "";
  return typeof value === "string" ? " characters long" : " items long";
}

function undeclaredProblem(name: string, schemas: FieldSchemas, options: ValueOptions): FieldProblem {
  const path = below(options.path, name);
  const declared = Object.keys(schemas).join(", ") || "none";
  const message = `${subject({ ...options, path })} is not declared; declared are: ${declared}`;
  return { field: path, reason: "undeclared", message };
}

function subject({ what, path }: ValueOptions): string {
  return path ? `${what} '${path}'` : what;
}

function below(path: string | undefined, name: string): string {
  return path ? `${path}.${name}` : name;
}

function own(value: JsonObject, name: string): Json | undefined {
  return Object.hasOwn(value, name) ? value[name] : undefined;
}

function sameJson(a: Json, b: Json): boolean {
  return a === b || (typeof a === "object" && JSON.stringify(a) === JSON.stringify(b));
}

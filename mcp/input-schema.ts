import { isJsonObject } from "#common/json.ts";
import { exceedsDepth } from "#common/json-depth.ts";

/** A tool's schema travels with every request to a model: what is larger is a mistake or an attack. */
const maximumCharacters = 64 * 1024;
const maximumDepth = 32;

type Schema = Readonly<Record<string, unknown>>;

const types: ReadonlySet<unknown> = new Set([
  "object",
  "array",
  "string",
  "number",
  "integer",
  "boolean",
  "null",
]);
const schemaKeys = [
  "items",
  "additionalProperties",
  "contains",
  "propertyNames",
  "not",
  "if",
  "then",
  "else",
];
const schemaLists = ["anyOf", "oneOf", "allOf", "prefixItems"];
const schemaMaps = ["properties", "patternProperties", "$defs", "definitions", "dependentSchemas"];

/**
 * What is wrong with the schema of a tool's arguments, as the end of a sentence; undefined when it can be offered to a
 * model. Looks at the words that every dialect of JSON Schema shares and passes over the others.
 */
export function inputSchemaProblem(schema: unknown): string | undefined {
  if (!isJsonObject(schema)) return "is no JSON object";
  if (schema["type"] !== "object") return 'must have the type "object"';
  if (exceedsDepth(schema, maximumDepth)) return `is nested deeper than ${maximumDepth}`;
  if (JSON.stringify(schema).length > maximumCharacters)
    return `is larger than ${maximumCharacters} characters`;
  return problemIn(schema, { root: schema, path: [] });
}

interface Place {
  readonly root: Schema;
  readonly path: readonly string[];
}

function problemIn(schema: unknown, place: Place): string | undefined {
  if (typeof schema === "boolean") return undefined;
  const where = place.path.length === 0 ? "" : ` at ${place.path.join(".")}`;
  if (!isJsonObject(schema)) return `has something that is no schema${where}`;
  const own = wordProblem(schema) ?? referenceProblem(schema, place.root);
  if (own !== undefined) return `${own}${where}`;
  for (const [step, child] of children(schema)) {
    const problem = problemIn(child, { ...place, path: [...place.path, step] });
    if (problem !== undefined) return problem;
  }
  return undefined;
}

function wordProblem(schema: Schema): string | undefined {
  const { type, required, enum: values } = schema;
  const named = type === undefined ? [] : Array.isArray(type) ? type : [type];
  if (!named.every((name) => types.has(name))) return "has a type that does not exist";
  const names = required ?? [];
  if (!Array.isArray(names) || !names.every((name) => typeof name === "string"))
    return "has a `required` that is no list of names";
  if (values !== undefined && !Array.isArray(values)) return "has an `enum` that is no list";
  const map = schemaMaps.find((key) => schema[key] !== undefined && !isJsonObject(schema[key]));
  if (map !== undefined) return `has a \`${map}\` that is no mapping`;
  const list = schemaLists.find((key) => schema[key] !== undefined && !Array.isArray(schema[key]));
  return list === undefined ? undefined : `has a \`${list}\` that is no list`;
}

/** A `$ref` must lead to a schema of this very document, and not only to further references. */
function referenceProblem(schema: Schema, root: Schema): string | undefined {
  const seen = new Set<unknown>();
  let current: unknown = schema;
  while (isJsonObject(current) && current["$ref"] !== undefined) {
    if (seen.has(current)) return "has a `$ref` that leads back to itself";
    seen.add(current);
    current = referred(current["$ref"], root);
    if (current === undefined) return "has a `$ref` that leads nowhere";
  }
  return undefined;
}

/** What `#/$defs/a` names; undefined for what is not there, or lies outside. */
function referred(reference: unknown, root: Schema): unknown {
  if (typeof reference !== "string" || !/^#(\/|$)/.test(reference)) return undefined;
  const steps = reference.split("/").slice(1);
  return steps.reduce<unknown>((value, step) => {
    const key = step.replaceAll("~1", "/").replaceAll("~0", "~");
    const isThere = typeof value === "object" && value !== null && Object.hasOwn(value, key);
    return isThere ? (value as Schema)[key] : undefined;
  }, root);
}

function* children(schema: Schema): Generator<[step: string, child: unknown]> {
  for (const key of schemaKeys) {
    const value = schema[key];
    // Older dialects have a list of schemas in `items`.
    if (Array.isArray(value)) for (const [index, item] of value.entries()) yield [`${key}.${index}`, item];
    else if (value !== undefined) yield [key, value];
  }
  for (const key of schemaLists) {
    const list = schema[key];
    if (Array.isArray(list)) for (const [index, item] of list.entries()) yield [`${key}.${index}`, item];
  }
  for (const key of schemaMaps) {
    const map = schema[key];
    if (isJsonObject(map)) for (const [name, item] of Object.entries(map)) yield [`${key}.${name}`, item];
  }
}

import * as z from "zod";
import type { ConfigKind } from "#language/sidecar/config-kind.ts";
import type { ConfigPath } from "#language/sidecar/config-path.ts";
import { configSchema, sidecarSchema } from "#language/sidecar/config-schema.ts";
import { expectations } from "#language/sidecar/value-schemas.ts";
import type { ConfigKey } from "#vocabulary/config-key.ts";
import { configKeys } from "#vocabulary/config-keys.ts";

/** What the schema and the vocabulary say about the place at a path: for error texts, completion and hovers. */

const keysByPath: ReadonlyMap<string, ConfigKey> = new Map(configKeys.map((key) => [key.path, key]));

/** The schema of a whole file. */
export function schemaOf(kind: ConfigKind): z.ZodType {
  return kind === "sidecar" ? sidecarSchema : configSchema;
}

/** The entry of the vocabulary for the key at a path. */
export function keyEntryAt(path: ConfigPath): ConfigKey | undefined {
  return keysByPath.get(dottedPath(path));
}

/** The path as the vocabulary writes it: names that a person chooses are `*`, places in lists are left out. */
function dottedPath(path: ConfigPath): string {
  const words: string[] = [];
  for (const step of path) {
    if (typeof step === "number") continue;
    const named = [...words, step].join(".");
    words.push(keysByPath.has(named) ? step : "*");
  }
  return words.join(".");
}

/** The keys that may stand in the mapping at a path and have an effect; none where any name may stand. */
export function knownKeys(path: ConfigPath, kind: ConfigKind): readonly string[] {
  const mapping = schemaAt(path, kind);
  if (!(mapping instanceof z.ZodObject)) return [];
  return Object.keys(mapping.shape).filter((key) => ineffectiveReason([...path, key]) === undefined);
}

/** The keys that must stand in the mapping at a path. */
export function requiredKeys(path: ConfigPath, kind: ConfigKind): readonly string[] {
  const mapping = schemaAt(path, kind);
  if (!(mapping instanceof z.ZodObject)) return [];
  return Object.entries(mapping.shape).flatMap(([key, schema]) =>
    schema instanceof z.ZodOptional ? [] : [key],
  );
}

/** What a person writes at a path: `names` is a mapping whose keys they choose. */
export type PlaceKind = "mapping" | "names" | "list" | "boolean" | "scalar";

/** What must stand at a path; undefined where nothing is known of. */
export function placeKindAt(path: ConfigPath, kind: ConfigKind): PlaceKind | undefined {
  const found = schemaAt(path, kind);
  if (found === undefined) return undefined;
  const schema = found instanceof z.ZodNullable ? found.unwrap() : found;
  if (schema instanceof z.ZodObject) return "mapping";
  if (schema instanceof z.ZodRecord) return "names";
  if (schema instanceof z.ZodArray) return "list";
  return schema instanceof z.ZodBoolean ? "boolean" : "scalar";
}

/** What a key must be where any name of a kind may stand, in words that follow "must be". */
export function keyExpectationAt(path: ConfigPath, kind: ConfigKind): string {
  const mapping = schemasOnTheWay(path.slice(0, -1), kind).at(-1);
  const expected = mapping instanceof z.ZodRecord ? expectations.get(mapping.keyType)?.expected : undefined;
  return expected ?? "another name";
}

/** What the value at a path must be, in words that follow "must be". */
export function expectationAt(path: ConfigPath, kind: ConfigKind): string {
  const schema = schemasOnTheWay(path, kind).at(-1);
  return (schema && expectations.get(schema)?.expected) ?? "another value";
}

/** Why a key that is understood has no effect here; undefined for keys that work. */
export function ineffectiveReason(path: ConfigPath): string | undefined {
  return keysByPath.get(path.join("."))?.withoutEffect;
}

function schemaAt(path: ConfigPath, kind: ConfigKind): z.core.$ZodType | undefined {
  return schemasOnTheWay(path, kind)[path.length];
}

/** The schema at the top and at each step of the path, as far as it is known. */
function schemasOnTheWay(path: ConfigPath, kind: ConfigKind): z.core.$ZodType[] {
  let schema: z.core.$ZodType = schemaOf(kind);
  const schemas = [schema];
  for (const step of path) {
    const next = schemaBelow(schema, step);
    if (!next) break;
    schema = withoutWrapping(next);
    schemas.push(schema);
  }
  return schemas;
}

function schemaBelow(schema: z.core.$ZodType, step: string | number): z.core.$ZodType | undefined {
  if (schema instanceof z.ZodObject)
    return Object.hasOwn(schema.shape, step) ? schema.shape[step] : undefined;
  if (schema instanceof z.ZodRecord) return schema.valueType;
  if (schema instanceof z.ZodArray) return schema.element;
  return undefined;
}

/** Optional, and for the words it is the same whether it may be null. */
function withoutWrapping(schema: z.core.$ZodType): z.core.$ZodType {
  if (expectations.has(schema) && !(schema instanceof z.ZodNullable)) return schema;
  if (schema instanceof z.ZodOptional) return withoutWrapping(schema.unwrap());
  return schema instanceof z.ZodNullable && !expectations.has(schema)
    ? withoutWrapping(schema.unwrap())
    : schema;
}

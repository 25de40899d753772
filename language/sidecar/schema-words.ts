import * as z from "zod";
import type { ConfigPath } from "#language/sidecar/config-path.ts";
import { configSchema, expectations } from "#language/sidecar/config-schema.ts";
import { notEffectiveKeys } from "#vocabulary/config-keys-without-effect.ts";

/** What the config schema says in words about the place at a path: for error texts and completion. */

/** The keys that may stand in the mapping at a path; none where any name may. */
export function knownKeys(path: ConfigPath): readonly string[] {
  const schema = schemasOnTheWay(path)[path.length];
  const mapping = schema && withoutWrapping(schema);
  if (!(mapping instanceof z.ZodObject)) return [];
  return Object.keys(mapping.shape).filter((key) => ineffectiveReason([...path, key]) === undefined);
}

/** What a key must be where any name of a kind may stand, in words that follow "must be". */
export function keyExpectationAt(path: ConfigPath): string {
  const schema = schemasOnTheWay(path.slice(0, -1)).at(-1);
  const mapping = schema && withoutWrapping(schema);
  const expected = mapping instanceof z.ZodRecord ? expectations.get(mapping.keyType)?.expected : undefined;
  return expected ?? "another name";
}

/** What the value at a path must be, in words that follow "must be". */
export function expectationAt(path: ConfigPath): string {
  const schema = schemasOnTheWay(path).at(-1);
  const expected = schema && expectations.get(withoutWrapping(schema))?.expected;
  return expected ?? "another value";
}

/** Why a key that is understood has no effect here; undefined for keys that work. */
export function ineffectiveReason(path: ConfigPath): string | undefined {
  return notEffectiveKeys.find((key) => key.path === path.join("."))?.withoutEffect;
}

/** The schema at the top and at each step of the path, as far as the vocabulary knows it. */
function schemasOnTheWay(path: ConfigPath): z.core.$ZodType[] {
  const schemas: z.core.$ZodType[] = [configSchema];
  for (const segment of path) {
    const next = schemaBelow(withoutWrapping(schemas.at(-1) ?? configSchema), segment);
    if (!next) break;
    schemas.push(next);
  }
  return schemas;
}

function schemaBelow(schema: z.core.$ZodType, segment: string | number): z.core.$ZodType | undefined {
  if (schema instanceof z.ZodObject) return schema.shape[segment];
  if (schema instanceof z.ZodRecord) return schema.valueType;
  if (schema instanceof z.ZodArray) return schema.element;
  return undefined;
}

function withoutWrapping(schema: z.core.$ZodType): z.core.$ZodType {
  return schema instanceof z.ZodOptional ? withoutWrapping(schema.unwrap()) : schema;
}

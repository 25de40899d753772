import { expect, test } from "vitest";
import * as z from "zod";
import { configSchema } from "#language/sidecar/config-schema.ts";
import { configKeys } from "#vocabulary/config-keys.ts";

/** All dotted paths of a schema; `*` for the keys of a record. */
function pathsOf(schema: z.core.$ZodType, prefix = ""): string[] {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable)
    return pathsOf(schema.unwrap(), prefix);
  if (schema instanceof z.ZodRecord) return [`${prefix}*`, ...pathsOf(schema.valueType, `${prefix}*.`)];
  if (!(schema instanceof z.ZodObject)) return [];
  return Object.entries(schema.shape).flatMap(([key, value]) => [
    `${prefix}${key}`,
    ...pathsOf(value, `${prefix}${key}.`),
  ]);
}

test("the vocabulary and the schema of config files name the same keys", () => {
  expect(configKeys.map((key) => key.path).sort()).toEqual(pathsOf(configSchema).sort());
});

test("no key is listed twice", () => {
  const paths = configKeys.map((key) => key.path);
  expect(paths.filter((path, index) => paths.indexOf(path) !== index)).toEqual([]);
});

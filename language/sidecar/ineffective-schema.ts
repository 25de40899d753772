import * as z from "zod";
import { expecting } from "#language/sidecar/value-schemas.ts";
import type { ConfigKey } from "#vocabulary/config-key.ts";
import { notEffectiveKeys } from "#vocabulary/config-keys-without-effect.ts";

/** Schemas of the keys of the original that are understood and change nothing, below a dotted prefix. */
export function ineffectiveShape(prefix: string): Record<string, z.ZodOptional<z.ZodType>> {
  return Object.fromEntries(
    notEffectiveKeys
      .filter(({ path }) => path.startsWith(prefix) && !path.slice(prefix.length).includes("."))
      .map((key) => [key.path.slice(prefix.length), schemaOf(key).optional()]),
  );
}

/** What is free-form in the original is so here. */
function schemaOf({ path, type }: ConfigKey): z.ZodType {
  switch (type) {
    case "boolean":
      return expecting("true or false", z.boolean().nullable());
    case "number":
    case "integer":
      return expecting("a number", z.number().nullable());
    case "texts":
      return expecting("a list of texts", z.array(z.string()).nullable());
    case "mapping":
      return expecting("a mapping", z.looseObject(ineffectiveShape(`${path}.`)).nullable());
    default:
      return expecting("text", z.string().nullable());
  }
}

import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { configJsonSchema } from "#language/sidecar/json-schema.ts";

test("schemas/config.schema.json is what `node scripts/generate-schemas.ts` writes", () => {
  const committed: unknown = JSON.parse(readFileSync("schemas/config.schema.json", "utf8"));
  expect(committed).toEqual(configJsonSchema());
});

import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { diagnosticsPage } from "#language/diagnostics/diagnostics-page.ts";
import { configJsonSchema } from "#language/sidecar/json-schema.ts";

/** Both are written by `node scripts/generate-references.ts`. */
test.for(["config", "sidecar"] as const)("schemas/%s.schema.json is up to date", (kind) => {
  const committed: unknown = JSON.parse(readFileSync(`schemas/${kind}.schema.json`, "utf8"));
  expect(committed).toEqual(configJsonSchema(kind));
});

test("docs/diagnostics.md is up to date", () => {
  expect(readFileSync("docs/diagnostics.md", "utf8")).toBe(diagnosticsPage());
});

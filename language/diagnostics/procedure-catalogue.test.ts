import { beforeAll, describe, expect, test } from "vitest";
import { unevaluated } from "#language/declarations/evaluated-declarations.ts";
import type { CatalogueEntry } from "#language/diagnostics/catalogue-entry.ts";
import { check, checkedUri, type FindingsOptions } from "#language/diagnostics/expect-findings.ts";
import { prepareEmbedded } from "#language/diagnostics/prepare-embedded.ts";
import { procedureCatalogue } from "#language/diagnostics/procedure-catalogue.ts";

beforeAll(async () => {
  await prepareEmbedded();
});

/** What the examples of some codes need around them. */
const around: Readonly<Partial<Record<keyof typeof procedureCatalogue, FindingsOptions>>> = {
  "unknown-tool": { configuration: {} },
  "host-tool-not-allowed": { configuration: {} },
  "unknown-mcp-server": { configuration: { mcpServers: new Set(["files"]) } },
};

const failed = unevaluated("error", "not today");
const evaluation = { ...failed, problem: { ...failed.problem, uri: checkedUri, line: 1 } };

describe("the examples of the catalogue", () => {
  test.for(Object.entries<CatalogueEntry>(procedureCatalogue))("%s", ([code, { wrong, right }]) => {
    const options = around[code as keyof typeof around] ?? {};
    expect(wrong, "an example of it").toBeDefined();
    expect(right, "the same, as it should be").toBeDefined();
    const isEvaluated = code === "declaration-failed";
    const found = check(wrong ?? "", { ...options, ...(isEvaluated && { evaluation }) });
    expect(codesOf(found.diagnostics)).toContain(code);
    expect(codesOf(check(right ?? "", options).diagnostics)).not.toContain(code);
    expect(codesOf(check(right ?? "", options).diagnostics)).not.toContain("syntax-error");
  });
});

function codesOf(diagnostics: readonly { readonly code: string }[]): string[] {
  return diagnostics.map((each) => each.code);
}

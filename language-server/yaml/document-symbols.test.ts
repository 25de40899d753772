import { expect, test } from "vitest";
import type { DocumentSymbol } from "vscode-languageserver";
import { yamlDocumentSymbols } from "./document-symbols.ts";
import { yamlDesk } from "./testing/yaml-desk.ts";

function outline(text: string): string[] {
  const { document, context } = yamlDesk(text);
  const lines = (symbols: readonly DocumentSymbol[], depth: number): string[] =>
    symbols.flatMap(({ name, detail, children = [] }) => [
      `${"  ".repeat(depth)}${name}${detail === undefined ? "" : ` ${detail}`}`,
      ...lines(children, depth + 1),
    ]);
  return lines(yamlDocumentSymbols(document, context), 0);
}

test("keys with their values", () => {
  expect(outline("sandbox:\n  timeout: 5\n  volumes: [a, b]\nopenai_api_key: hunter2\n")).toEqual([
    "sandbox",
    "  timeout 5",
    "  volumes 2 items",
    "openai_api_key (hidden)",
  ]);
});

test.for<[string, readonly string[]]>([
  [
    "sandbox:\n  timeout: 5\nbroken: [\nhost_tools:\n  allow: []\n",
    ["sandbox", "host_tools", "  allow 0 items"],
  ],
  ["sandbox:\n  timeout: 5\n  lim\n  network: none\n", ["  timeout 5", "  network none"]],
  ['a: "unclosed\nsandbox:\n  timeout: 5\n', ["sandbox", "  timeout 5"]],
  ["sandbox: { timeout: 5, netw\ndefault_model: x\n", ["sandbox", "default_model x"]],
  ["\t- bad\nsandbox:\n  timeout: 5\n", ["sandbox", "  timeout 5"]],
])("what is broken does not take the rest away: %j", ([text, kept]) => {
  const lines = outline(text);
  for (const line of kept) expect(lines).toContain(line);
});

test("ranges hold the key, and children lie inside", () => {
  const { document, context } = yamlDesk("sandbox:\n  limits:\n    memory: 2g\n\n\ndefault_model: x\n");
  const [sandbox] = yamlDocumentSymbols(document, context);
  expect(sandbox).toMatchObject({
    range: { start: { line: 0, character: 0 }, end: { line: 2, character: 14 } },
    selectionRange: { start: { line: 0, character: 0 }, end: { line: 0, character: 7 } },
    children: [{ range: { start: { line: 1, character: 2 }, end: { line: 2, character: 14 } } }],
  });
});

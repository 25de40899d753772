import { test } from "vitest";
import type { CompletionItem, DocumentSymbol, Position, Range } from "vscode-languageserver";
import { checkConfigDocument } from "#language/sidecar/check-config.ts";
import { mutatedText, SeededRandom } from "#language/sidecar/testing/mutated-text.ts";
import { sampleConfigs } from "#language/sidecar/testing/sample-configs.ts";
import { parseYamlDocument, type YamlDocument } from "#language/sidecar/yaml-document.ts";
import { Positions } from "../positions.ts";
import { yamlCodeActions } from "./code-actions.ts";
import { yamlCompletion } from "./completion.ts";
import { yamlDefinition } from "./definition.ts";
import { yamlDocumentLinks } from "./document-links.ts";
import { yamlDocumentSymbols } from "./document-symbols.ts";
import { yamlHover } from "./hover.ts";
import { sampleProcedure, yamlDesk } from "./testing/yaml-desk.ts";
import type { YamlContext } from "./yaml-context.ts";

const around = yamlDesk({ "~/.tactus/config.yml": sampleConfigs[1] ?? "" }).context.layers ?? [];

/** Asks everything that an editor asks about one version of a document. */
async function askEverything(document: YamlDocument, offset: number): Promise<void> {
  const uri = "file:///work/flows/a.tac.yml";
  const positions = new Positions(document.text, document.lines, "utf-16");
  const own = { uri, name: "flows/a.tac.yml", document, kind: "sidecar", isOwn: false, positions } as const;
  const context: YamlContext = {
    uri,
    kind: "sidecar",
    positions,
    layers: [...around, own],
    procedure: sampleProcedure,
    procedureUri: "file:///work/flows/a.tac",
    listFolder: async () => ["tools/", "a b.py"],
    hasSnippets: true,
  };
  // No cursor stands between the two letters of a line break.
  const position = positions.positionAt(positions.offsetAt(positions.positionAt(offset)));
  const findings = checkConfigDocument(document, {
    file: "flows/a.tac.yml",
    place: { folder: "/work/flows", workspaceRoot: "/work", home: "/home/ada" },
    untrusted: true,
    procedure: sampleProcedure,
    others: [],
    exists: () => false,
    variable: () => undefined,
  });
  for (const { range } of findings) expectInside(range, document);
  for (const item of await yamlCompletion(document, position, context)) expectAround(item, position);
  const hover = yamlHover(document, position, context);
  if (hover?.range) expectInside(hover.range, document);
  for (const symbol of yamlDocumentSymbols(document, context)) expectNested(symbol, document);
  yamlDefinition(document, position, context);
  for (const { range } of yamlDocumentLinks(document, context)) expectInside(range, document);
  yamlCodeActions(document, { range: { start: position, end: position }, findings }, context);
}

function isBefore(left: Position, right: Position): boolean {
  return left.line < right.line || (left.line === right.line && left.character <= right.character);
}

function expectInside({ start, end }: Range, document: YamlDocument): void {
  const last = document.lines.positionAt(document.text.length);
  if (isBefore(start, end) && isBefore(end, last)) return;
  throw new Error(`The range ${JSON.stringify({ start, end })} is none of the text.`);
}

function expectAround({ label, textEdit }: CompletionItem, position: Position): void {
  const range = textEdit && "range" in textEdit ? textEdit.range : undefined;
  const isAround =
    range?.start.line === range?.end.line &&
    range !== undefined &&
    isBefore(range.start, position) &&
    isBefore(position, range.end);
  if (!isAround) throw new Error(`The edit of ${label} is not around the cursor: ${JSON.stringify(range)}`);
}

function expectNested(
  { name, range, selectionRange, children = [] }: DocumentSymbol,
  document: YamlDocument,
): void {
  expectInside(range, document);
  const isNested = isBefore(range.start, selectionRange.start) && isBefore(selectionRange.end, range.end);
  if (!isNested) throw new Error(`The name of ${name} lies outside of it.`);
  for (const child of children) expectNested(child, document);
}

test("5,000 damaged files: an answer to everything, never a throw", {
  timeout: 60_000,
}, async () => {
  const random = new SeededRandom(2026);
  let document = parseYamlDocument("");
  for (let round = 0; round < 5000; round++) {
    const text = mutatedText(random.of(sampleConfigs), sampleConfigs, random);
    document = parseYamlDocument(text, document);
    try {
      await askEverything(document, random.below(text.length + 1));
    } catch (error) {
      throw new Error(`Round ${round}, ${JSON.stringify(text)}`, { cause: error });
    }
  }
});

test.for<[string, string]>([
  ["brackets", "sandbox: ".concat("[".repeat(900_000))],
  ["a line of a megabyte", `default_model: "${"x ".repeat(450_000)}`],
  ["many keys", Array.from({ length: 9000 }, (_, index) => `k${index}: ./x\n`).join("")],
  ["many mounts", `sandbox:\n  volumes:\n${"    - /a:/b:rw\n".repeat(9000)}`],
  ["many variables", `sandbox: { env: { A: "${"$".concat("{A}").repeat(100_000)}" } }`],
  ["hidden characters", `a: "${"\u202e".repeat(300_000)}"`],
  ["words", "ab\n".repeat(300_000)],
  ["blanks", `a${" ".repeat(900_000)}b: c\n`],
  ["a key of blanks", `sandbox:\n  a${" ".repeat(900_000)}`],
  ["quotes that do not end", `a: "${'\\"'.repeat(400_000)}`],
  ["a version without end", `mcp_servers: { a: { command: uvx, args: ["x==1${".1".repeat(400_000)}!"] } }`],
  ["a size of blanks", `sandbox: { limits: { memory: "5${" ".repeat(900_000)}x" } }`],
  ["a path without end", `sandbox: { volumes: ["${"../".repeat(300_000)}:/a"] }`],
  ["a deep stair", Array.from({ length: 1300 }, (_, depth) => `${" ".repeat(depth)}a:\n`).join("")],
])("%s: an answer to everything", async ([, text]) => {
  const document = parseYamlDocument(text);
  await askEverything(document, text.length >> 1);
});

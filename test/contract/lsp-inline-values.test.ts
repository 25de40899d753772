import { expect, test } from "vitest";
import type { InlineValue } from "vscode-languageserver/node";
import { LanguageClient } from "../support/lsp/language-client.ts";

const text = `local shared = 1
local function work(a)
  local b = a + shared
  local later = b
  return later
end
local function other(c) return c end
`;

test("a stopped debugger shows the variables of the lines that it has passed", async () => {
  await using client = await LanguageClient.start({});
  const uri = "file:///somewhere/stopped.tac";
  await client.open(uri, text);
  const stopped = { start: { line: 3, character: 0 }, end: { line: 3, character: 2 } };
  const values = await client.request<InlineValue[]>("textDocument/inlineValue", {
    textDocument: { uri },
    range: { start: { line: 0, character: 0 }, end: { line: 7, character: 0 } },
    context: { frameId: 1, stoppedLocation: stopped },
  });
  const shown = values.map((value) =>
    "variableName" in value ? [value.variableName, value.range.start.line] : [],
  );
  expect(shown).toEqual(
    expect.arrayContaining([
      ["shared", 0],
      ["a", 1],
      ["b", 2],
      ["a", 2],
    ]),
  );
  expect(shown.map(([name]) => name)).not.toContain("c");
  expect(shown.map(([name]) => name)).not.toContain("later");
});

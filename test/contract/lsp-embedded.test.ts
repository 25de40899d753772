import { expect, test } from "vitest";
import type { CompletionItem, CompletionList, DocumentSymbol, Hover, Range } from "vscode-languageserver";
import { LanguageClient } from "../support/lsp/language-client.ts";
import { readMarks } from "../support/lsp/marked-text.ts";
import { randomNumbers } from "../support/lsp/random-edits.ts";

const uri = "file:///w/a.tac";

test("errors inside prompts and specifications have their places in the file", async () => {
  const { text, ranges } = readMarks(`-- äöü 😀
asker = Agent { provider = "openai", model = "gpt-4o", system_prompt = [[
Hello 😀 {input.name},
you are {input.[|nmae|]}.
]] }
Procedure {
  input = { name = field.string{required = true} },
  function(input) asker { name = input.name } return input.name end
}
Specification [[
Feature: Asking
  Scenario: One
    Given the procedure has started
    When [|the moon is made of cheese|]
]]
`);
  await using client = await LanguageClient.start();
  await client.open(uri, text);
  const found = await client.diagnose(uri);
  expect(found.map(({ code, range }) => [code, inside(range, ranges)])).toEqual([
    ["unknown-placeholder", 0],
    ["undefined-step", 1],
  ]);
});

test("what is declared of an input types it: hover, completion, and a field that does not exist", async () => {
  const { text, ranges, cursors } = readMarks(`Procedure {
  input = { topic = field.string{required = true, description = "What it is about"}, count = field.number{default = 1} },
  function(input)
    state.seen = 1
    print(input.to<|>pic, input.[|topc|])
    return input.<|>
  end
}
`);
  await using client = await LanguageClient.start();
  await client.open(uri, text);
  const at = (index: number): object => ({ textDocument: { uri }, position: cursors[index] });
  const hover = await client.request<Hover>("textDocument/hover", at(0));
  expect(JSON.stringify(hover.contents)).toContain("What it is about");
  const answer = await client.request<CompletionItem[] | CompletionList>("textDocument/completion", at(1));
  const labels = (Array.isArray(answer) ? answer : answer.items).map(({ label }) => label);
  expect(labels).toEqual(expect.arrayContaining(["topic", "count"]));
  const found = await client.diagnose(uri);
  expect(found.some(({ range }) => inside(range, ranges) === 0)).toBe(true);
});

test("one damage leaves every symbol before and behind it in the outline", async () => {
  const names = Array.from({ length: 30 }, (_, index) => `symbol_${index}`);
  const blocks = names.map(
    (name) =>
      `${name} = Tool {\n  description = "d",\n  input = {},\n  function(args)\n    return { a = (1 + 2) }\n  end\n}\n`,
  );
  const random = randomNumbers(11);
  await using client = await LanguageClient.start();
  await client.open(uri, "");
  for (let round = 0; round < 60; round++) {
    const damaged = 1 + random(28);
    const block = blocks[damaged] ?? "";
    const start = random(block.length - 1);
    // The line break at its end belongs to what is behind.
    const broken = block.slice(0, start) + block.slice(Math.min(start + 1 + random(6), block.length - 1));
    const text = blocks.map((each, index) => (index === damaged ? broken : each)).join("");
    await client.edit(uri, [{ text }]);
    const symbols = await client.request<DocumentSymbol[]>("textDocument/documentSymbol", {
      textDocument: { uri },
    });
    const known = new Set(symbols.flatMap(namesIn));
    expect(
      names.filter((name, index) => index !== damaged && !known.has(name)),
      text,
    ).toEqual([]);
  }
});

function namesIn({ name, children = [] }: DocumentSymbol): string[] {
  return [name, ...children.flatMap(namesIn)];
}

/** Which of the marked ranges a finding lies in, or is about. */
function inside({ start }: Range, marked: readonly Range[]): number {
  return marked.findIndex(
    (each) =>
      each.start.line === start.line &&
      start.character >= each.start.character - "input.".length &&
      start.character <= each.end.character,
  );
}

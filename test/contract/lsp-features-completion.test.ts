// biome-ignore-all lint/suspicious/noTemplateCurlyInString: snippets have placeholders of the same form.
import { expect, test } from "vitest";
import type { ClientCapabilities, CompletionItem, CompletionList } from "vscode-languageserver";
import { editorCapabilities } from "../support/lsp/editor-capabilities.ts";
import { MarkedWorkspace } from "../support/lsp/marked-workspace.ts";

function labelsOf(list: CompletionList | null): string[] {
  return (list?.items ?? [])
    .toSorted((one, other) => (one.sortText ?? "").localeCompare(other.sortText ?? ""))
    .map(({ label }) => label);
}

test("fields of a declaration: what is missing, required first, with type, default and documentation", async () => {
  await using desk = await MarkedWorkspace.open({
    "main.tac": 'clerk = Agent {\n  provider = "openai",\n  <|>\n}\n',
  });
  const list = await desk.ask<CompletionList>("completion", "main.tac");
  const labels = labelsOf(list);
  expect(labels[0]).toBe("system_prompt");
  expect(labels).toContain("max_turns");
  expect(labels).not.toContain("provider");
  expect(new Set(labels).size).toBe(labels.length);
  expect(list.itemDefaults).toMatchObject({ editRange: { start: desk.cursor("main.tac") } });
  const item = list.items.find(({ label }) => label === "max_tool_followup_rounds");
  expect(item).toMatchObject({
    labelDetails: { detail: ": a whole number = 16", description: "Agent" },
    textEditText: "max_tool_followup_rounds = $0,",
    insertTextFormat: 2,
  });
  expect(item).not.toHaveProperty("documentation");
  const resolved = await desk.client.request<CompletionItem>("completionItem/resolve", {
    ...item,
    data: list.itemDefaults?.data,
  });
  expect(resolved.documentation).toMatchObject({
    kind: "markdown",
    value: expect.stringContaining("Default: `16`"),
  });
});

test("a client that knows no snippets and no defaults gets plain edits", async () => {
  const completion = { completionItem: {}, completionList: {} };
  const capabilities: ClientCapabilities = {
    ...editorCapabilities,
    textDocument: { ...editorCapabilities.textDocument, completion },
  };
  await using desk = await MarkedWorkspace.open(
    { "main.tac": "x = Agent {\n  sys<|>\n}\n" },
    { capabilities },
  );
  const list = await desk.ask<CompletionList>("completion", "main.tac");
  const item = list.items.find(({ label }) => label === "system_prompt");
  const end = desk.cursor("main.tac");
  expect(item).toMatchObject({
    detail: "a text required",
    textEdit: { newText: "system_prompt = [[\n\t\n]],", range: { start: { line: 1, character: 2 }, end } },
    data: { uri: desk.uri("main.tac") },
  });
  expect(item).not.toHaveProperty("insertTextFormat");
  expect(item).not.toHaveProperty("labelDetails");
});

test("values: names in texts, modules, models, paths that exist", async () => {
  await using desk = await MarkedWorkspace.open({
    "main.tac": [
      'search = Tool { description = "Finds", function(args) return args end }',
      'Toolset "web" { tools = { search } }',
      'clerk = Agent { model = "<|>", system_prompt = "{input.<|>}", tools = { "<|>" } }',
      'local sums = require("<|>")',
      'Procedure { function(input) clerk({ day = 1 }) return File.read("data/<|>") end }',
    ].join("\n"),
    "sums.tac": "return {}",
    "data/in.csv": "a",
    "data/deep/x.txt": "b",
  });
  const ask = async (index: number): Promise<string[]> =>
    labelsOf(await desk.ask<CompletionList>("completion", "main.tac", {}, index));
  expect(await ask(0)).toContain("gpt-4o-mini");
  expect(await ask(1)).toEqual(["day", "message"]);
  expect(await ask(2)).toEqual(["search", "web"]);
  expect(await ask(3)).toEqual(expect.arrayContaining(["sums", "tactus.tools.done"]));
  expect(await ask(4)).toEqual(["in.csv", "deep/"]);
});

test("steps in a specification", async () => {
  await using desk = await MarkedWorkspace.open({
    "main.tac":
      "clerk = Agent {}\nSpecification([[\nFeature: f\n  Scenario: s\n    Given the agent <|>\n]])\n",
  });
  const list = await desk.ask<CompletionList>("completion", "main.tac", {
    context: { triggerKind: 2, triggerCharacter: " " },
  });
  expect(list.isIncomplete).toBe(true);
  expect(list.items.find(({ label }) => label.includes("responds with"))?.textEditText).toContain(
    "${1|clerk|}",
  );
});

test("an export of another file brings its require", async () => {
  await using desk = await MarkedWorkspace.open({
    "main.tac": "-- A file.\n\nlocal total = <|>\n",
    "sums.tac": "local M = {}\nfunction M.add(a, b) return a + b end\nreturn M\n",
  });
  const list = await desk.ask<CompletionList>("completion", "main.tac");
  expect(list.items.find(({ label }) => label === "sums.add")).toMatchObject({
    additionalTextEdits: [
      {
        range: { start: { line: 2, character: 0 }, end: { line: 2, character: 0 } },
        newText: 'local sums = require("sums")\n\n',
      },
    ],
  });
});

test("characters that bring suggestions by themselves do so where they mean something", async () => {
  await using desk = await MarkedWorkspace.open({
    "main.tac": 'x = a ..<|> b\ny = "done"<|>\nz = 1 <|>\n-- @<|>\n---@<|>\nw = string.<|>\n',
  });
  const typed = (triggerCharacter: string, index: number): Promise<CompletionList | null> =>
    desk.ask("completion", "main.tac", { context: { triggerKind: 2, triggerCharacter } }, index);
  expect(await typed(".", 0)).toBeNull();
  expect(await typed('"', 1)).toBeNull();
  expect(await typed(" ", 2)).toBeNull();
  expect(await typed("@", 3)).toBeNull();
  expect(labelsOf(await typed("@", 4))).toContain("param");
  expect(labelsOf(await typed(".", 5))).toContain("format");
});

import { expect, test } from "vitest";
import type {
  CodeAction,
  CodeLens,
  Diagnostic,
  InlayHint,
  SemanticTokens,
  SemanticTokensDelta,
  TextDocumentEdit,
  TextEdit,
  WorkspaceEdit,
} from "vscode-languageserver";
import { TextDocument } from "vscode-languageserver-textdocument";
import { editorCapabilities } from "../support/lsp/editor-capabilities.ts";
import { MarkedWorkspace } from "../support/lsp/marked-workspace.ts";

/** The texts that an edit changes, after it. */
function applied(desk: MarkedWorkspace, edit: WorkspaceEdit | null | undefined): Record<string, string> {
  const ofDocuments = (edit?.documentChanges ?? []).filter(
    (change): change is TextDocumentEdit => "textDocument" in change,
  );
  const changes: [string, readonly TextEdit[]][] = [
    ...Object.entries(edit?.changes ?? {}),
    ...ofDocuments.map(({ textDocument, edits }): [string, readonly TextEdit[]] => [
      textDocument.uri,
      edits as TextEdit[],
    ]),
  ];
  return Object.fromEntries(
    changes.map(([uri, edits]) => {
      const name = desk.nameOf(uri);
      return [
        name,
        TextDocument.applyEdits(TextDocument.create(uri, "tactus", 1, desk.text(name)), [...edits]),
      ];
    }),
  );
}

test("a tool is renamed in code, lists, toolsets, specifications, mocks and the sidecar, in one edit", async () => {
  await using desk = await MarkedWorkspace.open({
    "main.tac": [
      'require("tools")',
      'Toolset "web" { tools = { "find" } }',
      'clerk = Agent { tools = { "find", "web" } }',
      "Mocks { find = { returns = 1 } }",
      "Procedure { function(input) return <|>find({}) end }",
      "Specification([[\nFeature: find\n  Scenario: s\n    Then the find tool should be called\n]])",
      'local note = "find"',
    ].join("\n"),
    "tools.tac": 'find = Tool { description = "find", function(args) return args end }\n',
    "main.tac.yml": "default_toolsets: [find, web]\n",
  });
  expect(await desk.ask("prepareRename", "main.tac")).toMatchObject({ placeholder: "find" });
  const edit = await desk.ask<WorkspaceEdit>("rename", "main.tac", { newName: "search" });
  const before = desk.text("main.tac");
  expect(applied(desk, edit)).toEqual({
    "main.tac": before
      .replaceAll('"find"', '"search"')
      .replace('note = "search"', 'note = "find"')
      .replace("Mocks { find", "Mocks { search")
      .replace("return find", "return search")
      .replace("the find tool", "the search tool"),
    "tools.tac": 'search = Tool { description = "find", function(args) return args end }\n',
    "main.tac.yml": "default_toolsets: [search, web]\n",
  });
  expect(Object.keys(edit.changeAnnotations ?? {}).toSorted()).toEqual([
    "Code",
    "Configuration",
    "Texts that name it",
  ]);
});

test("an input is renamed in schema, body, prompts, steps and the sidecar", async () => {
  await using desk = await MarkedWorkspace.open({
    "main.tac": [
      'clerk = Agent { system_prompt = "On {context.topic}" }',
      "Procedure { input = { topic = field.string{} }, function(input) return { input.<|>topic } end }",
      'Specification([[\nFeature: f\n  Scenario: s\n    Given the input topic is "topic"\n]])',
    ].join("\n"),
    "main.tac.yml": "inputs:\n  topic: news\n",
  });
  const edit = await desk.ask<WorkspaceEdit>("rename", "main.tac", { newName: "subject" });
  expect(applied(desk, edit)).toEqual({
    "main.tac": desk.text("main.tac").replaceAll("topic", "subject").replace('"subject"', '"topic"'),
    "main.tac.yml": "inputs:\n  subject: news\n",
  });
});

test("a name that can't be changed, or can't be the new one, is refused with the reason", async () => {
  await using desk = await MarkedWorkspace.open({
    "main.tac":
      'local s = require("su<|>ms")\nprint(Sta<|>te, s)\nx = Agent { provider = "open<|>ai" }\nlocal a<|>, b = 1, 2\nprint(a, b)\n',
    "sums.tac": "return {}",
  });
  const reason = async (promise: Promise<unknown>): Promise<string> =>
    promise.then(
      () => "nothing",
      (error: Error) => error.message,
    );
  expect(await reason(desk.ask("prepareRename", "main.tac"))).toContain("rename the file");
  expect(await reason(desk.ask("prepareRename", "main.tac", {}, 1))).toBe(
    '"State" is a word of the language.',
  );
  expect(await reason(desk.ask("prepareRename", "main.tac", {}, 2))).toContain(
    "defined outside of this file",
  );
  const rename = (newName: string): Promise<string> => reason(desk.ask("rename", "main.tac", { newName }, 3));
  expect(await rename("end")).toBe('"end" is a keyword of Lua.');
  expect(await rename("1a")).toContain("is no name");
  expect(await rename("b")).toContain('"b" is used where this local is visible');
  expect(await rename("c")).toBe("nothing");
});

test("a file that moves takes its require calls, paths and sidecar along", async () => {
  const workspaceEdit = { documentChanges: true, resourceOperations: ["rename" as const] };
  await using desk = await MarkedWorkspace.open(
    {
      "main.tac": 'local sums = require("sums")\nprint(sums)\n',
      "sums.tac": 'return { rows = File.read("data/in.csv") }\n',
      "sums.tac.yml": "inputs: {}\n",
    },
    {
      capabilities: { ...editorCapabilities, workspace: { ...editorCapabilities.workspace, workspaceEdit } },
    },
  );
  const edit = await desk.client.request<WorkspaceEdit>("workspace/willRenameFiles", {
    files: [{ oldUri: desk.uri("sums.tac"), newUri: desk.uri("data/totals.tac") }],
  });
  expect(applied(desk, edit)).toEqual({
    "main.tac": 'local sums = require("data.totals")\nprint(sums)\n',
    "sums.tac": 'return { rows = File.read("in.csv") }\n',
  });
  expect(edit.documentChanges?.at(-1)).toEqual({
    kind: "rename",
    oldUri: desk.uri("sums.tac.yml"),
    newUri: desk.uri("data/totals.tac.yml"),
  });
  const nothing = { files: [{ oldUri: desk.uri("x.md"), newUri: desk.uri("y.md") }] };
  expect(await desk.client.request("workspace/willRenameFiles", nothing)).toBeNull();
});

test("quick fixes of a finding with its page, fix-all and suppressions", async () => {
  await using desk = await MarkedWorkspace.open({
    "main.tac":
      'clerk = Agent {\n  provider = "openai",\n  [|sytem_prompt|] = "x",\n  tempreature = 1,\n}\nclerk()\n',
  });
  const diagnostics = await desk.client.diagnose(desk.uri("main.tac"));
  const range = desk.range("main.tac");
  const unknown = diagnostics.find(
    (each): each is Diagnostic => each.code === "unknown-field" && each.range.start.line === range.start.line,
  );
  expect(unknown).toMatchObject({
    range,
    codeDescription: { href: expect.stringContaining("unknown-field") },
  });
  const actions = await desk.askDocument<CodeAction[]>("codeAction", "main.tac", {
    range,
    context: { diagnostics: [unknown], only: ["quickfix"] },
  });
  expect(actions.map(({ title }) => title)).toEqual([
    'Replace with "system_prompt"',
    'Keep "unknown-field" back in this line',
    'Keep "unknown-field" back in this file',
  ]);
  expect(actions[0]).toMatchObject({ isPreferred: true, diagnostics: [{ code: "unknown-field" }] });
  expect(applied(desk, actions[1]?.edit)["main.tac"]).toContain(
    "  ---@diagnostic disable-next-line: unknown-field\n  sytem_prompt",
  );
  const [fixAll] = await desk.askDocument<CodeAction[]>("codeAction", "main.tac", {
    range,
    context: { diagnostics: [], only: ["source.fixAll.tactus"] },
  });
  expect(applied(desk, fixAll?.edit)["main.tac"]).toBe(
    desk.text("main.tac").replace("sytem_prompt", "system_prompt").replace("tempreature", "temperature"),
  );
});

test("rewrites: edits when they are chosen, or at once for clients that can't ask later", async () => {
  const source = { "main.tac": "function f(input)\n  return [|input.topic|] .. 'x'\nend\n" };
  const expected = "function f(input)\n  local topic2 = input.topic\n  return topic2 .. 'x'\nend\n";
  await using desk = await MarkedWorkspace.open(source);
  const extracts = {
    range: desk.range("main.tac"),
    context: { diagnostics: [], only: ["refactor.extract"] },
  };
  const [action] = await desk.askDocument<CodeAction[]>("codeAction", "main.tac", extracts);
  expect(action).toMatchObject({ title: "Extract into a local variable", kind: "refactor.extract" });
  expect(action).not.toHaveProperty("edit");
  const resolved = await desk.client.request<CodeAction>("codeAction/resolve", action);
  expect(applied(desk, resolved.edit)["main.tac"]).toBe(expected);
  const codeAction = { codeActionLiteralSupport: { codeActionKind: { valueSet: [] } } };
  await using plain = await MarkedWorkspace.open(source, {
    capabilities: { ...editorCapabilities, textDocument: { ...editorCapabilities.textDocument, codeAction } },
  });
  const [eager] = await plain.askDocument<CodeAction[]>("codeAction", "main.tac", extracts);
  expect(applied(plain, eager?.edit)["main.tac"]).toBe(expected);
});

test("inlay hints with their tooltips, switched off by settings", async () => {
  const source = {
    "main.tac":
      "find = Tool { function(args) return args end }\nclerk = Agent { tools = { find } }\nlocal n = #x + 1\nlocal r = clerk()\n",
  };
  const range = { start: { line: 0, character: 0 }, end: { line: 9, character: 0 } };
  const inlayHint = { resolveSupport: { properties: ["tooltip"] } };
  await using desk = await MarkedWorkspace.open(source, {
    capabilities: { ...editorCapabilities, textDocument: { ...editorCapabilities.textDocument, inlayHint } },
  });
  const hints = await desk.askDocument<InlayHint[]>("inlayHint", "main.tac", { range });
  expect(hints.map(({ label, position }) => `${position.line} ${String(label)}`)).toEqual([
    "2 : integer",
    "3 : turn",
    "3 tools: find",
  ]);
  const tools = hints.at(-1);
  expect(tools).not.toHaveProperty("tooltip");
  expect(await desk.client.request("inlayHint/resolve", tools)).toMatchObject({
    tooltip: { value: "- `find`" },
  });
  await desk.client.changeSettings({
    inlayHints: { types: false, parameterNames: false, offeredTools: false },
  });
  await expect.poll(() => desk.askDocument("inlayHint", "main.tac", { range })).toEqual([]);
});

test("lenses over procedures and specifications; what the file may touch comes later", async () => {
  await using desk = await MarkedWorkspace.open({
    "main.tac":
      'find = Tool { function(args) return args end }\nProcedure { function(input) File.write("a", "b") end }\nSpecification([[\nFeature: f\n]])\n',
  });
  const lenses = await desk.askDocument<CodeLens[]>("codeLens", "main.tac");
  const words = await Promise.all(
    lenses.map(async (lens) => {
      const { command, range } = lens.command
        ? lens
        : await desk.client.request<CodeLens>("codeLens/resolve", lens);
      return `${range.start.line} ${command?.title}`;
    }),
  );
  expect(words).toEqual([
    "1 $(play) Run in Sandbox",
    "1 $(debug-alt) Debug",
    "1 1 tool · writes files",
    "2 $(beaker) Run Specification",
  ]);
});

test("a typed character sends less than 200 bytes of tokens in 10,000 lines", async () => {
  const line = 'local value = State.get("k") -- a note\n';
  await using desk = await MarkedWorkspace.open({ "main.tac": line.repeat(10_000) });
  const full = await desk.askDocument<SemanticTokens>("semanticTokens/full", "main.tac");
  expect(full.data.length).toBeGreaterThan(100_000);
  const at = { line: 5000, character: 9 };
  await desk.client.edit(desk.uri("main.tac"), [{ range: { start: at, end: at }, text: "x" }]);
  const delta = await desk.askDocument<SemanticTokensDelta>("semanticTokens/full/delta", "main.tac", {
    previousResultId: full.resultId,
  });
  expect(delta.edits).toHaveLength(1);
  expect(JSON.stringify(delta).length).toBeLessThan(200);
  const range = { start: { line: 100, character: 0 }, end: { line: 110, character: 0 } };
  const part = await desk.askDocument<SemanticTokens>("semanticTokens/range", "main.tac", { range });
  expect(part.data.length).toBeLessThan(500);
  const whole = await desk.askDocument<SemanticTokensDelta | SemanticTokens>(
    "semanticTokens/full/delta",
    "main.tac",
    {
      previousResultId: "unknown",
    },
  );
  expect(whole).toHaveProperty("data");
});

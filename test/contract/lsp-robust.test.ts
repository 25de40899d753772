import { expect, test } from "vitest";
import { ErrorCodes } from "vscode-languageserver/node";
import { LanguageClient } from "../support/lsp/language-client.ts";

const uri = "file:///w/a.tac";
const position = { line: 0, character: 0 };
const textDocument = { uri };

/** The server still answers, and rightly. */
async function isWell(client: LanguageClient): Promise<void> {
  await client.open("file:///w/well.tac", "return = 1");
  expect(await client.diagnose("file:///w/well.tac")).toMatchObject([{ code: "syntax-error" }]);
  await client.close("file:///w/well.tac");
}

test("requests about documents that are not known are answered with nothing", async () => {
  await using client = await LanguageClient.start();
  const unknown = { textDocument: { uri: "file:///nowhere/x.tac" } };
  for (const method of documentMethods(client))
    expect(await client.request(method, { ...unknown, ...paramsOf(method) }), method).toBeOneOf([null, []]);
  for (const other of ["file:///w/%E0%A4%A.tac", "not a uri", "", "file:///", "http://example.com/a.tac"])
    expect(await client.request("textDocument/hover", { textDocument: { uri: other }, position })).toBe(null);
  expect(await client.diagnose("file:///nowhere/x.tac")).toEqual([]);
  expect(client.calls.errors).toEqual([]);
});

const malformed: readonly object[] = [
  { textDocument: null, position },
  { textDocument: { uri: 7 }, position },
  { textDocument, position: null },
  { textDocument, position: { line: -1, character: 0 } },
  { textDocument, position: { line: 0.5, character: 0 } },
  { textDocument, position: { line: "0", character: 0 } },
  { textDocument, range: { start: position } },
  { textDocument, positions: [position, {}] },
];

test.for(malformed)("%j is refused as what it is, and costs nothing else", async (params) => {
  await using client = await LanguageClient.start();
  await client.open(uri, "local a = 1");
  for (const method of documentMethods(client))
    await expect(client.request(method, params), method).rejects.toMatchObject({
      code: ErrorCodes.InvalidParams,
      message: expect.stringContaining(method),
    });
  await isWell(client);
});

test("positions outside of a text are its borders", async () => {
  await using client = await LanguageClient.start();
  await client.open(uri, "local a = 1\nprint(a)\n");
  const far = { line: 1_000_000, character: 2_147_483_647 };
  const refusing = ["textDocument/prepareRename", "textDocument/rename"];
  for (const method of documentMethods(client).filter((each) => !refusing.includes(each)))
    await client.request(method, {
      textDocument,
      ...paramsOf(method),
      position: far,
      positions: [far],
      range: { start: far, end: far },
    });
  expect(client.calls.errors).toEqual([]);
  await client.edit(uri, [{ range: { start: far, end: far }, text: "return = 1" }]);
  expect(await client.diagnose(uri)).toMatchObject([{ range: { start: { line: 2 } } }]);
});

test("notifications that make no sense are passed over", async () => {
  await using client = await LanguageClient.start();
  const change = { textDocument: { uri, version: 2 }, contentChanges: [{ text: "x = = 1" }] };
  await client.notify("textDocument/didChange", change);
  await client.notify("textDocument/didClose", { textDocument });
  await client.open(uri, "local a = 1");
  await client.open(uri, "return = 1");
  await client.notify("textDocument/didChange", { textDocument: { uri, version: 3 }, contentChanges: [] });
  await client.notify("textDocument/didChange", { textDocument: { uri, version: 4 } });
  await client.notify("textDocument/didOpen", {});
  await client.notify("textDocument/didChange", {
    textDocument: { uri, version: 5 },
    contentChanges: [{ range: null, text: "y" }],
  });
  await client.notify("workspace/didChangeWatchedFiles", {
    changes: [{ uri: "file:///w/%zz.tac", type: 9 }],
  });
  await client.notify("workspace/didChangeConfiguration", {});
  await client.notify("workspace/didChangeWorkspaceFolders", { event: { added: [], removed: [] } });
  await client.notify("tactus/unheardOf", { much: "ado" });
  await client.notify("$/setTrace", { value: "verbose" });
  await isWell(client);
});

test("a method that does not exist is said not to", async () => {
  await using client = await LanguageClient.start();
  await expect(client.request("textDocument/moniker", { textDocument, position })).rejects.toMatchObject({
    code: ErrorCodes.MethodNotFound,
  });
  await isWell(client);
});

test("a closed document is what is on the disk: here nothing", async () => {
  await using client = await LanguageClient.start();
  await client.open(uri, "return = 1");
  expect(await client.diagnose(uri)).toHaveLength(1);
  await client.close(uri);
  await expect.poll(() => client.diagnose(uri)).toEqual([]);
  expect(await client.request("textDocument/documentSymbol", { textDocument })).toBe(null);
});

test("a document that changes under a request is answered in one of its states, or the answer is withdrawn", async () => {
  await using client = await LanguageClient.start();
  const lines = (name: string): string => `function ${name}() end\n`.repeat(50);
  await client.open(uri, lines("a"));
  for (let round = 0; round < 20; round++) {
    const name = `f${round}`;
    const answer = client.request<Array<{ name: string }>>("textDocument/documentSymbol", { textDocument });
    await client.edit(uri, [{ text: lines(name) }]);
    const names = new Set((await answer.catch(() => [])).map((symbol) => symbol.name));
    expect(names.size).toBeLessThanOrEqual(1);
    expect(names.has(name)).toBe(false);
  }
});

/** Methods about one document that the server says it has. */
function documentMethods({ capabilities }: LanguageClient): string[] {
  return Object.entries(methods)
    .filter(([provider]) => capabilities[provider as keyof typeof capabilities])
    .flatMap(([, names]) => names.map((name) => `textDocument/${name}`));
}

const methods: Readonly<Record<string, readonly string[]>> = {
  completionProvider: ["completion"],
  hoverProvider: ["hover"],
  signatureHelpProvider: ["signatureHelp"],
  definitionProvider: ["definition"],
  declarationProvider: ["declaration"],
  typeDefinitionProvider: ["typeDefinition"],
  implementationProvider: ["implementation"],
  referencesProvider: ["references"],
  documentHighlightProvider: ["documentHighlight"],
  documentSymbolProvider: ["documentSymbol"],
  renameProvider: ["prepareRename", "rename"],
  callHierarchyProvider: ["prepareCallHierarchy"],
  semanticTokensProvider: ["semanticTokens/full", "semanticTokens/range"],
  inlayHintProvider: ["inlayHint"],
  codeActionProvider: ["codeAction"],
  codeLensProvider: ["codeLens"],
  documentLinkProvider: ["documentLink"],
  foldingRangeProvider: ["foldingRange"],
  selectionRangeProvider: ["selectionRange"],
  linkedEditingRangeProvider: ["linkedEditingRange"],
  documentFormattingProvider: ["formatting"],
  documentRangeFormattingProvider: ["rangeFormatting"],
  documentOnTypeFormattingProvider: ["onTypeFormatting"],
};

/** All parameters that any of the methods has. */
function paramsOf(method: string): object {
  return {
    position,
    positions: [position],
    range: { start: position, end: position },
    context: { diagnostics: [], includeDeclaration: true, triggerKind: 1 },
    options: { tabSize: 2, insertSpaces: true },
    newName: "renamed",
    ch: "\n",
    previousResultId: method,
  };
}

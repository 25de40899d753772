import { expect, test } from "vitest";
import { LSPErrorCodes } from "vscode-languageserver/node";
import { generatedProcedure, writeProcedures } from "../support/lsp/generated-workspace.ts";
import { LanguageClient } from "../support/lsp/language-client.ts";
import { processorMilliseconds } from "../support/lsp/process-use.ts";
import { WorkspaceFolder } from "../support/lsp/workspace-folder.ts";

const cancelled = { code: LSPErrorCodes.RequestCancelled };
const uri = "file:///w/large.tac";
const at = { textDocument: { uri }, position: { line: 400, character: 3 } };
const whole = { textDocument: { uri } };

const requests: ReadonlyArray<readonly [string, object]> = [
  ["textDocument/completion", at],
  ["textDocument/hover", at],
  ["textDocument/references", { ...at, context: { includeDeclaration: true } }],
  ["textDocument/documentSymbol", whole],
  ["textDocument/semanticTokens/full", whole],
  ["textDocument/diagnostic", whole],
  ["textDocument/foldingRange", whole],
  ["textDocument/codeLens", whole],
  ["workspace/symbol", { query: "tool" }],
];

test.for(requests)("%s that is cancelled ends with the code for it", async ([method, params]) => {
  await using client = await LanguageClient.start();
  await client.open(uri, generatedProcedure(1, 1000));
  await client.diagnose(uri);
  const release = client.suspend();
  const { answer, cancel } = client.cancellable(method, params);
  answer.catch(() => {});
  cancel();
  await pause(10);
  release();
  await expect(answer).rejects.toMatchObject(cancelled);
});

test.for<readonly [string, object]>([
  ["workspace/symbol", { query: "tool" }],
  ["workspace/diagnostic", { previousResultIds: [] }],
])("%s stops in the middle of all files, and nothing of it goes on", async ([method, params]) => {
  using folder = new WorkspaceFolder();
  writeProcedures(folder, 400, 100);
  await using client = await LanguageClient.start({ folders: [folder.uri] });
  await expect.poll(() => client.calls.isQuiescent, { timeout: 20_000 }).toBe(true);
  const part = await processorUse(client, async () => {
    const { answer, cancel } = client.cancellable(method, params);
    await pause(30);
    cancel();
    await expect(answer).rejects.toMatchObject(cancelled);
  });
  const whole = await processorUse(client, () => client.request(method, params));
  expect(part).toBeLessThan(whole / 2);
});

test("a cancel of something that was answered, or never asked, is nothing", async () => {
  await using client = await LanguageClient.start();
  await client.open(uri, "return 1");
  await client.notify("$/cancelRequest", { id: 999_999 });
  await client.notify("$/cancelRequest", { id: 0 });
  expect(await client.diagnose(uri)).toEqual([]);
  expect(client.calls.errors).toEqual([]);
});

/** Milliseconds of processor time that a server takes for some work and in the moment after it. */
async function processorUse(client: LanguageClient, work: () => Promise<unknown>): Promise<number> {
  const { pid = 0 } = client.process;
  const before = processorMilliseconds(pid);
  await work();
  await pause(500);
  return processorMilliseconds(pid) - before;
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

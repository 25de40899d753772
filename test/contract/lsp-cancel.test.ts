import { expect, test } from "vitest";
import { LSPErrorCodes } from "vscode-languageserver/node";
import { generatedProcedure, writeProcedures } from "../support/lsp/generated-workspace.ts";
import { LanguageClient } from "../support/lsp/language-client.ts";
import { processorMilliseconds } from "../support/lsp/process-use.ts";
import { WorkspaceFolder } from "../support/lsp/workspace-folder.ts";
import { machineFactor } from "../support/lsp/yardstick.ts";

const cancelled = { code: LSPErrorCodes.RequestCancelled };
const uri = "file:///w/large.tac";
const at = { textDocument: { uri }, position: { line: 400, character: 3 } };
const whole = { textDocument: { uri } };

/** Milliseconds within which a cancelled request ends; more while the machine is busy with something else. */
function soon(): number {
  return 20 * machineFactor();
}

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

test.for(requests)("%s ends soon after its cancel, with the code for it", async ([method, params]) => {
  await using client = await LanguageClient.start();
  await client.open(uri, generatedProcedure(1, 1000));
  await client.diagnose(uri);
  const times: number[] = [];
  for (let round = 0; round < 9; round++) {
    const release = client.suspend();
    const { answer, cancel } = client.cancellable(method, params);
    answer.catch(() => {});
    cancel();
    await pause(10);
    const startedAt = performance.now();
    release();
    await expect(answer).rejects.toMatchObject(cancelled);
    times.push(performance.now() - startedAt);
  }
  expect(Math.min(...times)).toBeLessThan(soon());
});

test.for<readonly [string, object]>([
  ["workspace/symbol", { query: "tool" }],
  ["workspace/diagnostic", { previousResultIds: [], partialResultToken: "all" }],
])("%s stops in the middle of all files, and nothing of it goes on", async ([method, params]) => {
  using folder = new WorkspaceFolder();
  writeProcedures(folder, 400, 100);
  await using client = await LanguageClient.start({ folders: [folder.uri] });
  await expect.poll(() => client.calls.isQuiescent, { timeout: 20_000 }).toBe(true);
  const times: number[] = [];
  for (let round = 0; round < 5; round++) {
    const { answer, cancel } = client.cancellable(method, params);
    await pause(30);
    const cancelledAt = performance.now();
    cancel();
    await expect(answer).rejects.toMatchObject(cancelled);
    times.push(performance.now() - cancelledAt);
  }
  expect(Math.min(...times)).toBeLessThan(soon());
  expect(await idleUse(client)).toBeLessThan(0.2);
});

test("a cancel of something that was answered, or never asked, is nothing", async () => {
  await using client = await LanguageClient.start();
  await client.open(uri, "return 1");
  await client.notify("$/cancelRequest", { id: 999_999 });
  await client.notify("$/cancelRequest", { id: 0 });
  expect(await client.diagnose(uri)).toEqual([]);
  expect(client.calls.errors).toEqual([]);
});

/** The part of one processor that a server uses which nobody asks anything. */
async function idleUse({ process: { pid = 0 } }: LanguageClient): Promise<number> {
  await pause(200);
  const before = processorMilliseconds(pid);
  const startedAt = performance.now();
  await pause(1000);
  return (processorMilliseconds(pid) - before) / (performance.now() - startedAt);
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

import { expect, test } from "vitest";
import { CancellationTokenSource, LSPErrorCodes } from "vscode-languageserver";
import type { ProcedureSummary } from "#language/declarations/describe-procedures.ts";
import {
  type DescribeProceduresParams,
  describeProceduresMethod,
} from "#protocol/editor/describe-procedures.ts";
import { LanguageClient } from "#test/support/lsp/language-client.ts";
import { WorkspaceFolder } from "#test/support/lsp/workspace-folder.ts";

function describe(
  client: LanguageClient,
  params: DescribeProceduresParams,
  token?: CancellationTokenSource["token"],
): Promise<readonly ProcedureSummary[]> {
  return client.request(describeProceduresMethod, params, token);
}

test("the inputs of a procedure, also of a module beside it", async () => {
  using folder = new WorkspaceFolder({
    "schemas/order.tac": 'return { number = field.string { required = true, description = "Order number" } }',
  });
  await using client = await LanguageClient.start();
  const source = 'refund = Procedure { input = require("schemas.order"), function(input) end }';
  const found = await describe(client, { file: "a.tac", source, uri: folder.uriOf("a.tac") });
  expect(found).toEqual([
    {
      name: "refund",
      line: 1,
      input: [{ name: "number", type: "string", required: true, description: "Order number" }],
    },
  ]);
});

test("a bomb costs the rest of its file, a cancelled request an error, and the next one is answered", async () => {
  await using client = await LanguageClient.start();
  const bomb = 'Procedure "before" { function() end }\nlocal s = "x" while true do s = s .. s end';
  const found = await describe(client, { file: "a.tac", source: bomb });
  expect(found.map(({ name }) => name)).toEqual(["before"]);
  const cancel = new CancellationTokenSource();
  const slow = describe(client, { file: "a.tac", source: "while true do end" }, cancel.token);
  cancel.cancel();
  await expect(slow).rejects.toMatchObject({ code: LSPErrorCodes.RequestCancelled });
  expect(await describe(client, { file: "a.tac", source: "function main() end" })).toEqual([
    { name: "main", line: 1, input: [] },
  ]);
});

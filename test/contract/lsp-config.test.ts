import { expect, test } from "vitest";
import type { CompletionItem, CompletionList, Hover, Location } from "vscode-languageserver";
import { LanguageClient } from "../support/lsp/language-client.ts";
import { readMarks } from "../support/lsp/marked-text.ts";
import { WorkspaceFolder } from "../support/lsp/workspace-folder.ts";

const procedure = `Procedure {
  input = {
    customer = field.string{required = true, description = "Who ordered"},
    amount = field.number{required = true, description = "How many"},
  },
  function(input) return input.customer .. input.amount end
}
`;

async function openBoth(folder: WorkspaceFolder, sidecar: string): Promise<LanguageClient> {
  const client = await LanguageClient.start({ folders: [folder.uri], home: folder.path });
  await client.open(folder.uriOf("a.tac"), procedure);
  await client.open(folder.uriOf("a.tac.yml"), sidecar, "yaml");
  await expect.poll(() => client.calls.isQuiescent).toBe(true);
  return client;
}

test("a sidecar is checked against the procedure beside it, with the places on the other side", async () => {
  using folder = new WorkspaceFolder({ "a.tac": procedure, "a.tac.yml": "" });
  const { text, ranges } = readMarks(
    "inputs:\n  [|custmer|]: Ann\n  amount: [|many|]\nsandbox:\n  [|netwrok|]: none\n",
  );
  await using client = await openBoth(folder, text);
  const found = await client.diagnose(folder.uriOf("a.tac.yml"));
  const at = (index: number): unknown =>
    found.find(({ range }) => range.start.line === ranges[index]?.start.line);
  expect(at(0)).toMatchObject({ range: ranges[0], message: expect.stringContaining("custmer") });
  expect(at(1)).toMatchObject({ range: ranges[1], message: expect.stringContaining("amount") });
  expect(at(2)).toMatchObject({ range: ranges[2], code: "config-unknown-key" });
  const missing = found.find(({ code }) => code === "config-input-missing");
  expect(missing?.message).toContain('"customer"');
  const declared = { uri: folder.uriOf("a.tac"), range: { start: { line: 2, character: 4 } } };
  expect(missing?.relatedInformation).toMatchObject([{ location: declared }]);
});

test("an edit of the procedure changes what is wrong in its sidecar", async () => {
  using folder = new WorkspaceFolder({ "a.tac": procedure, "a.tac.yml": "" });
  await using client = await openBoth(folder, "inputs:\n  customer: Ann\n  amount: 1\n");
  const sidecar = folder.uriOf("a.tac.yml");
  await expect.poll(() => client.diagnose(sidecar)).toEqual([]);
  const asked = client.calls.countOf("workspace/diagnostic/refresh");
  await client.edit(folder.uriOf("a.tac"), [{ text: procedure.replace("amount =", "count =") }]);
  await expect.poll(() => client.calls.countOf("workspace/diagnostic/refresh")).toBeGreaterThan(asked);
  expect((await client.diagnose(sidecar)).map(({ message }) => message).join("\n")).toContain("amount");
});

test("hover and completion in a sidecar carry the description of the declaration, and definition leads there", async () => {
  using folder = new WorkspaceFolder({ "a.tac": procedure, "a.tac.yml": "" });
  const { text, cursors } = readMarks("inputs:\n  cust<|>omer: Ann\n  <|>\n");
  await using client = await openBoth(folder, text);
  const at = (index: number): object => ({
    textDocument: { uri: folder.uriOf("a.tac.yml") },
    position: cursors[index],
  });
  const hover = await client.request<Hover>("textDocument/hover", at(0));
  expect(JSON.stringify(hover.contents)).toContain("Who ordered");
  const definition = await client.request<Location[]>("textDocument/definition", at(0));
  expect(definition).toMatchObject([
    { uri: folder.uriOf("a.tac"), range: { start: { line: 2, character: 4 } } },
  ]);
  const answer = await client.request<CompletionItem[] | CompletionList>("textDocument/completion", at(1));
  const items = Array.isArray(answer) ? answer : answer.items;
  expect(items.map(({ label }) => label)).toContain("amount");
  expect(items.map(({ label }) => label)).not.toContain("customer");
  expect(JSON.stringify(items.find(({ label }) => label === "amount"))).toContain("How many");
});

test.for([
  [
    "a bomb of anchors",
    `a: &a [x, x]\n${"bcdefghij".replace(/./g, (key, index: number) => `${key}: &${key} [${`*${"abcdefghij"[index]}, `.repeat(9)}]\n`)}`,
  ],
  ["duplicate keys", "sandbox: { network: none }\nsandbox: { network: none }\n"],
  ["a tab", "sandbox:\n\tnetwork: none\n"],
  ["an anchor that nothing defines", "sandbox: *nothing\n"],
  ["a merge key", "base: &base { network: none }\nsandbox:\n  <<: *base\n"],
  ["a wrong end", "sandbox: [1, 2\n"],
])("%s is an error with a place, and the server goes on", async ([, text]) => {
  using folder = new WorkspaceFolder({ "a.tac": procedure, "a.tac.yml": "" });
  await using client = await openBoth(folder, text as string);
  const found = await client.diagnose(folder.uriOf("a.tac.yml"));
  expect(found.filter(({ severity }) => severity === 1)).not.toEqual([]);
  await client.edit(folder.uriOf("a.tac.yml"), [{ text: "# nothing\n" }]);
  expect((await client.diagnose(folder.uriOf("a.tac.yml"))).filter(({ severity }) => severity === 1)).toEqual(
    [],
  );
  expect(client.calls.errors).toEqual([]);
});

test("a folder that is not trusted is checked as one under review, until it is trusted", async () => {
  const sidecar = "sandbox:\n  mount_current_dir: true\n";
  using folder = new WorkspaceFolder({ "a.tac": "return 1\n", "a.tac.yml": sidecar });
  await using client = await LanguageClient.start({ folders: [folder.uri], home: folder.path });
  const uri = folder.uriOf("a.tac.yml");
  await client.open(uri, sidecar, "yaml");
  const codes = async (): Promise<unknown> => (await client.diagnose(uri)).map(({ code }) => code);
  await client.notify("tactus/workspaceTrust", { isTrusted: false });
  await expect.poll(codes).toContain("config-mount-under-review");
  await client.notify("tactus/workspaceTrust", { isTrusted: true });
  await expect.poll(codes).not.toContain("config-mount-under-review");
});

test("comments and anchors are no errors", async () => {
  using folder = new WorkspaceFolder({ "a.tac": procedure, "a.tac.yml": "" });
  await using client = await openBoth(
    folder,
    [
      "# A comment",
      "inputs: { customer: Ann, amount: 1 } # another",
      "mcp_servers:",
      "  one: &server { command: server@1.0.0, args: [] }",
      "  two: *server",
      "",
    ].join("\n"),
  );
  const found = await client.diagnose(folder.uriOf("a.tac.yml"));
  expect(found.filter(({ severity }) => severity === 1)).toEqual([]);
});

test("the cost of checking YAML again after an edit grows with its lines, not faster", async () => {
  const short = await shortestRecheck(125);
  const long = await shortestRecheck(1250);
  expect(long / short).toBeLessThan(30);
});

/** Milliseconds from an edit in a sidecar with so many servers to its findings: the best of several, so that other work does not count. */
async function shortestRecheck(servers: number): Promise<number> {
  using folder = new WorkspaceFolder({ "a.tac": procedure, "a.tac.yml": "" });
  const entries = Array.from(
    { length: servers },
    (_, index) =>
      `  server_${index}:\n    command: server@1.0.${index}\n    args:\n      - --number=${index}`,
  );
  await using client = await openBoth(folder, `mcp_servers:\n${entries.join("\n")}\n`);
  const uri = folder.uriOf("a.tac.yml");
  await client.diagnose(uri);
  const times: number[] = [];
  for (let round = 0; round < 9; round++) {
    const position = { line: 2, character: 30 };
    await client.edit(uri, [{ range: { start: position, end: position }, text: String(round) }]);
    const startedAt = performance.now();
    await client.diagnose(uri);
    times.push(performance.now() - startedAt);
  }
  return Math.min(...times);
}

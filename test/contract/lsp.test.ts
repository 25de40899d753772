import { expect, test } from "vitest";
import {
  createMessageConnection,
  type MessageConnection,
  type PublishDiagnosticsParams,
  StreamMessageReader,
  StreamMessageWriter,
} from "vscode-languageserver/node";
import { openDesk, type RunningStudio } from "./studio.ts";

interface Client {
  readonly connection: MessageConnection;
  /** The findings last pushed, per document. */
  readonly findings: ReadonlyMap<string, PublishDiagnosticsParams>;
}

async function connect({ process: { stdin, stdout } }: RunningStudio): Promise<Client> {
  if (!stdin || !stdout) throw new Error("The server has no pipes.");
  const connection = createMessageConnection(new StreamMessageReader(stdout), new StreamMessageWriter(stdin));
  const findings = new Map<string, PublishDiagnosticsParams>();
  connection.onNotification("textDocument/publishDiagnostics", (found: PublishDiagnosticsParams) => {
    findings.set(found.uri, found);
  });
  connection.listen();
  await connection.sendRequest("initialize", { processId: null, rootUri: null, capabilities: {} });
  await connection.sendNotification("initialized", {});
  return { connection, findings };
}

function open({ connection }: Client, uri: string, text: string, languageId = "tactus"): Promise<void> {
  return connection.sendNotification("textDocument/didOpen", {
    textDocument: { uri, languageId, version: 1, text },
  });
}

test("lsp --stdio pushes what check finds, takes it back when it is mended, and ends on exit", async () => {
  using desk = openDesk({});
  const server = desk.start(["lsp", "--stdio"]);
  const client = await connect(server);
  const uri = "file:///somewhere/a%20b.tac";
  await open(client, uri, "print(= 1)");
  await expect
    .poll(() => client.findings.get(uri)?.diagnostics)
    .toMatchObject([
      {
        code: "syntax-error",
        source: "tactus",
        severity: 1,
        range: { start: { line: 0, character: 6 }, end: { line: 0, character: 7 } },
      },
    ]);
  await client.connection.sendNotification("textDocument/didChange", {
    textDocument: { uri, version: 2 },
    contentChanges: [
      { range: { start: { line: 0, character: 6 }, end: { line: 0, character: 8 } }, text: "" },
    ],
  });
  await expect.poll(() => client.findings.get(uri)).toEqual({ uri, version: 2, diagnostics: [] });
  await client.connection.sendRequest("shutdown");
  await client.connection.sendNotification("exit");
  expect(await server.outcome).toMatchObject({ code: 0, stderr: "" });
});

test("sidecars and configs are checked, other YAML is not", async () => {
  using desk = openDesk({});
  const server = desk.start(["lsp", "--stdio"]);
  const client = await connect(server);
  const text = "sandbox: { netwrok: none }";
  const names = ["a.tac.yml", ".tactus/config.yml", "docker-compose.yml"].map((name) => `file:///w/${name}`);
  for (const uri of names) await open(client, uri, text, "yaml");
  const found = (): unknown[] =>
    names.map((uri) => client.findings.get(uri)?.diagnostics.map(({ code }) => code));
  await expect
    .poll(found)
    .toEqual([["config-sidecar-alone", "config-unknown-key"], ["config-unknown-key"], undefined]);
  server.process.kill();
  await server.outcome;
});

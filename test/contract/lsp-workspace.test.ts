import { setTimeout } from "node:timers/promises";
import { expect, test } from "vitest";
import type { WorkspaceSymbol } from "vscode-languageserver";
import { editorCapabilities } from "../support/lsp/editor-capabilities.ts";
import { writeProcedures } from "../support/lsp/generated-workspace.ts";
import { LanguageClient } from "../support/lsp/language-client.ts";
import { WorkspaceFolder } from "../support/lsp/workspace-folder.ts";

const created = 1;
const changed = 2;
const deleted = 3;

/** Names that the server knows, of open files and closed ones. */
async function symbols(client: LanguageClient): Promise<string[]> {
  const found = await client.request<WorkspaceSymbol[]>("workspace/symbol", { query: "known_" });
  return found.map(({ name }) => name).sort();
}

function tool(name: string): string {
  return `known_${name} = Tool { description = "d", input = {}, function() return 1 end }\n`;
}

test("files of all folders are known, without those that git ignores, packages and links", async () => {
  using first = new WorkspaceFolder({
    "a.tac": tool("a"),
    "deep/er/b.tac": tool("b"),
    ".gitignore": "ignored/\n*.old.tac\n",
    "ignored/c.tac": tool("c"),
    "d.old.tac": tool("d"),
    "node_modules/x/e.tac": tool("e"),
    ".hidden/f.tac": tool("f"),
    "g.lua": tool("g"),
  });
  using second = new WorkspaceFolder({ "h.tac": tool("h") });
  await using client = await LanguageClient.start({ folders: [first.uri, `${second.uri}/`] });
  await expect.poll(() => client.calls.isQuiescent).toBe(true);
  expect(await symbols(client)).toEqual(["known_a", "known_b", "known_h"]);
});

test("folders come and go while the server runs; what is open, or in another folder, stays", async () => {
  using outer = new WorkspaceFolder({ "inner/a.tac": tool("a"), "b.tac": tool("b") });
  using other = new WorkspaceFolder({ "c.tac": tool("c"), "d.tac": tool("d") });
  await using client = await LanguageClient.start({ folders: [outer.uri] });
  expect(client.capabilities.workspace?.workspaceFolders).toMatchObject({
    supported: true,
    changeNotifications: true,
  });
  const change = (added: readonly string[], removed: readonly string[]): Promise<void> =>
    client.notify("workspace/didChangeWorkspaceFolders", {
      event: {
        added: added.map((uri) => ({ uri, name: uri })),
        removed: removed.map((uri) => ({ uri, name: uri })),
      },
    });
  await expect.poll(() => symbols(client)).toEqual(["known_a", "known_b"]);
  await change([other.uri, outer.uriOf("inner")], []);
  await expect.poll(() => symbols(client)).toEqual(["known_a", "known_b", "known_c", "known_d"]);
  await client.open(other.uriOf("c.tac"), tool("c"));
  await change([], [other.uri]);
  await expect.poll(() => symbols(client)).toEqual(["known_a", "known_b", "known_c"]);
  await client.close(other.uriOf("c.tac"));
  await change([], [outer.uriOf("inner")]);
  await change([], [outer.uri]);
  await expect.poll(() => symbols(client)).toEqual([]);
});

test("files that change on the disk are read again, those that are open are not", async () => {
  using folder = new WorkspaceFolder({ "a.tac": tool("a"), "b.tac": tool("b"), "gone/c.tac": tool("c") });
  await using client = await LanguageClient.start({ folders: [folder.uri] });
  await expect.poll(() => client.calls.isQuiescent).toBe(true);
  const watched = client.calls.registered.find(({ method }) => method === "workspace/didChangeWatchedFiles");
  expect(watched?.registerOptions).toMatchObject({
    watchers: expect.arrayContaining([{ globPattern: "**/*.tac" }]),
  });
  const tell = (name: string, type: number): Promise<void> =>
    client.notify("workspace/didChangeWatchedFiles", { changes: [{ uri: folder.uriOf(name), type }] });
  await client.open(folder.uriOf("b.tac"), tool("b"));

  folder.write("a.tac", tool("a2"));
  folder.write("b.tac", tool("b2"));
  folder.write("new.tac", tool("new"));
  await tell("a.tac", changed);
  await tell("b.tac", changed);
  await tell("new.tac", created);
  await expect.poll(() => symbols(client)).toEqual(["known_a2", "known_b", "known_c", "known_new"]);

  folder.remove("gone");
  await tell("gone", deleted);
  await tell("new.tac", deleted);
  await expect.poll(() => symbols(client)).toEqual(["known_a2", "known_b"]);

  await client.close(folder.uriOf("b.tac"));
  await expect.poll(() => symbols(client)).toEqual(["known_a2", "known_b2"]);
});

test("severities of the settings count at once, whichever way the client tells them", async () => {
  const uri = "file:///w/a.tac";
  const severity = async (client: LanguageClient): Promise<number | undefined> =>
    (await client.diagnose(uri)).find(({ code }) => code === "unused-local")?.severity;
  const { configuration: _, ...workspace } = editorCapabilities.workspace ?? {};
  for (const capabilities of [editorCapabilities, { ...editorCapabilities, workspace }]) {
    await using client = await LanguageClient.start({ capabilities });
    await client.open(uri, "local a = 1\n");
    expect(await severity(client)).toBe(4);
    const before = await client.pull(uri);
    const asked = client.calls.countOf("workspace/diagnostic/refresh");
    await client.changeSettings({ diagnostics: { severity: { "unused-local": "error" } } });
    await expect.poll(() => severity(client)).toBe(1);
    expect(await client.pull(uri, before.resultId)).toMatchObject({ kind: "full" });
    await expect.poll(() => client.calls.countOf("workspace/diagnostic/refresh")).toBeGreaterThan(asked);
    await client.changeSettings({ diagnostics: { severity: { "unused-local": "off" } } });
    await expect.poll(() => severity(client)).toBe(undefined);
    await client.changeSettings({
      diagnostics: { severity: { "unused-local": "loud", "no-such-code": "error" } },
    });
    await expect.poll(() => severity(client)).toBe(4);
    await client.changeSettings({ diagnostics: 7 });
    expect(await severity(client)).toBe(4);
  }
});

test("settings that the client has from the start count for the first findings", async () => {
  await using client = await LanguageClient.start({
    settings: { diagnostics: { severity: { "unused-local": "warning" } } },
  });
  await client.open("file:///w/a.tac", "local a = 1\n");
  await expect
    .poll(() => client.diagnose("file:///w/a.tac"))
    .toMatchObject([{ code: "unused-local", severity: 2 }]);
});

test("a sidecar that appears, changes and goes counts for its procedure", async () => {
  using folder = new WorkspaceFolder({
    "a.tac":
      'a = Agent { provider = "openai", model = "gpt-4o", system_prompt = "x", tools = {"files"} }\nProcedure { function() a() end }\n',
  });
  await using client = await LanguageClient.start({ folders: [folder.uri] });
  const [procedure, sidecar] = [folder.uriOf("a.tac"), folder.uriOf("a.tac.yml")];
  await client.open(procedure, folder.read("a.tac"));
  const codes = async (): Promise<unknown[]> => (await client.diagnose(procedure)).map(({ code }) => code);
  await expect.poll(() => client.calls.isQuiescent).toBe(true);
  const without = await codes();
  folder.write("a.tac.yml", "mcp_servers:\n  files: { command: npx, args: [x@1.0.0] }\n");
  await client.notify("workspace/didChangeWatchedFiles", { changes: [{ uri: sidecar, type: created }] });
  await expect.poll(codes).not.toEqual(without);
  folder.remove("a.tac.yml");
  await client.notify("workspace/didChangeWatchedFiles", { changes: [{ uri: sidecar, type: deleted }] });
  await expect.poll(codes).toEqual(without);
});

test("reading a large workspace shows progress after half a second, and a status to those who ask for it", async () => {
  using folder = new WorkspaceFolder();
  writeProcedures(folder, 3000, 60);
  await using client = await LanguageClient.start({ folders: [folder.uri] });
  // A quick machine would be ready too soon: the reading is held up.
  await expect.poll(() => client.calls.statuses.length, { interval: 5 }).toBeGreaterThan(0);
  const release = client.suspend();
  await setTimeout(700);
  release();
  await expect.poll(() => client.calls.isQuiescent, { timeout: 40_000 }).toBe(true);
  expect(client.calls.statuses).toEqual([
    { health: "ok", quiescent: false },
    { health: "ok", quiescent: true },
  ]);
  expect(client.calls.countOf("window/workDoneProgress/create")).toBe(1);
  const kinds = client.calls.progress.map(({ value }) => value.kind);
  expect([kinds.at(0), kinds.at(-1)]).toEqual(["begin", "end"]);
  expect(client.calls.progress[0]?.value.title).toBe("Tactus: reading the workspace");
});

test("a small workspace shows no progress; a client that knows no status hears none", async () => {
  using folder = new WorkspaceFolder({ "a.tac": tool("a") });
  const { experimental: _, ...capabilities } = editorCapabilities;
  await using client = await LanguageClient.start({ folders: [folder.uri], capabilities });
  await expect.poll(() => symbols(client)).toEqual(["known_a"]);
  expect(client.calls.countOf("window/workDoneProgress/create")).toBe(0);
  expect(client.calls.statuses).toEqual([]);
});

test("the server ends with code 0 when asked, and by itself when its editor is gone", async () => {
  const client = await LanguageClient.start();
  expect(await client.stop()).toBe(0);
  const left = await LanguageClient.start();
  const ended = new Promise((resolve) => left.process.once("exit", resolve));
  left.process.stdin?.destroy();
  await ended;
});

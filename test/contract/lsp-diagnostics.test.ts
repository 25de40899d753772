import { expect, test } from "vitest";
import {
  LSPErrorCodes,
  ProgressType,
  type WorkspaceDiagnosticReportPartialResult,
} from "vscode-languageserver/node";
import { editorCapabilities } from "../support/lsp/editor-capabilities.ts";
import { LanguageClient } from "../support/lsp/language-client.ts";
import { readMarks } from "../support/lsp/marked-text.ts";
import { WorkspaceFolder } from "../support/lsp/workspace-folder.ts";

const library = "function greet() return 1 end\n";
const importer = 'require("library")\nreturn greet()\n';

test("a pull answers with an id, and unchanged as long as nothing has changed", async () => {
  await using client = await LanguageClient.start();
  await client.open("file:///w/a.tac", "return = 1");
  await client.open("file:///w/b.tac", "return = 2");
  const [a, b] = [await client.pull("file:///w/a.tac"), await client.pull("file:///w/b.tac")];
  expect(a).toMatchObject({ kind: "full", items: [{ code: "syntax-error", severity: 1, source: "tactus" }] });
  await client.edit("file:///w/a.tac", [{ text: "return 1" }]);
  expect(await client.pull("file:///w/b.tac", b.resultId)).toEqual({
    kind: "unchanged",
    resultId: b.resultId,
  });
  expect(await client.pull("file:///w/a.tac", a.resultId)).toMatchObject({ kind: "full", items: [] });
});

test("ids of one server mean nothing to the next", async () => {
  const ids = [];
  for (let run = 0; run < 2; run++) {
    await using client = await LanguageClient.start();
    await client.open("file:///w/a.tac", "return 1");
    ids.push((await client.pull("file:///w/a.tac")).resultId);
  }
  expect(ids[0]).not.toBe(ids[1]);
});

test("findings have a page, a tag where it fits, and places that explain them", async () => {
  await using client = await LanguageClient.start();
  const { text, ranges } = readMarks("[|twice|] = 1\nlocal [|unread|] = 2\nx = Tool {}\nx = Tool {}\n");
  await client.open("file:///w/a.tac", text);
  const found = await client.diagnose("file:///w/a.tac");
  expect(found.find(({ code }) => code === "unused-local")).toMatchObject({
    range: ranges[1],
    tags: [1],
    codeDescription: { href: expect.stringMatching(/\/docs\/diagnostics\.md#unused-local$/) },
  });
  expect(found.find(({ code }) => code === "duplicate-name")?.relatedInformation).toMatchObject([
    { location: { uri: "file:///w/a.tac", range: { start: { line: 2, character: 0 } } } },
  ]);
});

test("an edit that others can see asks the client to ask again, and they have other findings", async () => {
  using folder = new WorkspaceFolder({ "library.tac": library, "importer.tac": importer });
  await using client = await LanguageClient.start({ folders: [folder.uri] });
  const [from, by] = [folder.uriOf("library.tac"), folder.uriOf("importer.tac")];
  await client.open(from, library);
  await client.open(by, importer);
  await expect.poll(() => client.calls.isQuiescent).toBe(true);
  await expect.poll(() => client.diagnose(by)).toEqual([]);
  const asked = client.calls.countOf("workspace/diagnostic/refresh");
  await client.edit(from, [{ text: library.replace("greet", "welcome") }]);
  await expect.poll(() => client.calls.countOf("workspace/diagnostic/refresh")).toBeGreaterThan(asked);
  expect(await client.diagnose(by)).toMatchObject([{ code: "undefined-global" }]);
});

test("an edit that nobody else can see asks for nothing", async () => {
  using folder = new WorkspaceFolder({ "library.tac": library, "importer.tac": importer });
  await using client = await LanguageClient.start({ folders: [folder.uri] });
  await client.open(folder.uriOf("library.tac"), library);
  await client.open(folder.uriOf("importer.tac"), importer);
  await expect.poll(() => client.calls.isQuiescent).toBe(true);
  const before = await client.pull(folder.uriOf("importer.tac"));
  await pause(300);
  const asked = client.calls.countOf("workspace/diagnostic/refresh");
  await client.edit(folder.uriOf("library.tac"), [{ text: library.replace("return 1", "return 2") }]);
  await pause(300);
  expect(client.calls.countOf("workspace/diagnostic/refresh")).toBe(asked);
  expect(await client.pull(folder.uriOf("importer.tac"), before.resultId)).toMatchObject({
    kind: "unchanged",
  });
});

test("a module outside the workspace is read, and its importer is asked for again", async () => {
  using folder = new WorkspaceFolder({ "library.tac": library });
  await using client = await LanguageClient.start();
  await client.open(folder.uriOf("importer.tac"), importer);
  await expect.poll(() => client.diagnose(folder.uriOf("importer.tac"))).toEqual([]);
});

test("the whole workspace streams: every file first, later only what changes, until it is cancelled", async () => {
  const broken = Object.fromEntries(
    Array.from({ length: 60 }, (_, index) => [`deep/file-${index}.tac`, "return = 1"]),
  );
  using folder = new WorkspaceFolder({ ...broken, "good.tac": "return 1", "a.tac.yml": "sandbox: {\n" });
  await using client = await LanguageClient.start({ folders: [folder.uri] });
  const parts: WorkspaceDiagnosticReportPartialResult["items"][] = [];
  client.connection.onProgress(
    new ProgressType<WorkspaceDiagnosticReportPartialResult>(),
    "all",
    ({ items }) => {
      parts.push(items);
    },
  );
  const { answer, cancel } = client.cancellable("workspace/diagnostic", {
    previousResultIds: [],
    partialResultToken: "all",
  });
  const known = (): number => new Set(parts.flat().map(({ uri }) => uri)).size;
  await expect.poll(known).toBe(62);
  const full = parts.flat().filter((item) => item.kind === "full");
  expect(full.filter(({ items }) => items.some(({ code }) => code === "syntax-error"))).toHaveLength(60);
  expect(full.find(({ uri }) => uri.endsWith(".yml"))?.items).not.toEqual([]);

  parts.length = 0;
  const edited = folder.uriOf("deep/file-7.tac");
  await client.open(edited, "return 1");
  await expect.poll(() => parts.flat()).toMatchObject([{ uri: edited, kind: "full", items: [], version: 1 }]);

  parts.length = 0;
  folder.remove("deep/file-8.tac");
  const gone = { uri: folder.uriOf("deep/file-8.tac"), type: 3 };
  await client.notify("workspace/didChangeWatchedFiles", { changes: [gone] });
  await expect.poll(() => parts.flat()).toMatchObject([{ uri: gone.uri, kind: "full", items: [] }]);

  cancel();
  await expect(answer).rejects.toMatchObject({ code: LSPErrorCodes.RequestCancelled });
});

test("steps are checked from the first findings on, also of a specification that is typed later", async () => {
  const procedure = "Procedure { function() return {} end }\n";
  const specification = "Specification [[\nFeature: F\n  Scenario: S\n    Given nobody knows this\n]]\n";
  const codesOf = async (client: LanguageClient, uri: string): Promise<unknown> =>
    (await client.diagnose(uri)).map(({ code }) => code);
  await using first = await LanguageClient.start();
  await first.open("untitled:first.tac", procedure + specification);
  expect(await codesOf(first, "untitled:first.tac")).toEqual(["undefined-step"]);
  await using later = await LanguageClient.start();
  await later.open("untitled:later.tac", procedure);
  expect(await codesOf(later, "untitled:later.tac")).toEqual([]);
  await later.edit("untitled:later.tac", [{ text: procedure + specification }]);
  await expect.poll(() => codesOf(later, "untitled:later.tac")).toEqual(["undefined-step"]);
});

test("a client that does not stream gets the whole workspace at once, and only what it does not have", async () => {
  using folder = new WorkspaceFolder({ "a.tac": "return = 1", "b.tac": "return 1" });
  await using client = await LanguageClient.start({ folders: [folder.uri] });
  await expect.poll(() => client.calls.isQuiescent).toBe(true);
  const all = await client.request<WorkspaceDiagnosticReportPartialResult>("workspace/diagnostic", {
    previousResultIds: [],
  });
  // Files come in the order in which they were read; the protocol asks for none.
  expect(all.items.map(({ uri, kind }) => [uri, kind]).sort()).toEqual([
    [folder.uriOf("a.tac"), "full"],
    [folder.uriOf("b.tac"), "full"],
  ]);
  const previousResultIds = all.items.map(({ uri, resultId }) => ({ uri, value: resultId }));
  await client.open(folder.uriOf("a.tac"), "return 1");
  const rest = await client.request<WorkspaceDiagnosticReportPartialResult>("workspace/diagnostic", {
    previousResultIds,
  });
  expect(rest.items).toMatchObject([{ uri: folder.uriOf("a.tac"), kind: "full", items: [] }]);
});

test("a client that does not pull is pushed to, of closed files as well", async () => {
  using folder = new WorkspaceFolder({ "closed.tac": "return = 1" });
  const { diagnostic: _, ...textDocument } = editorCapabilities.textDocument ?? {};
  await using client = await LanguageClient.start({
    folders: [folder.uri],
    capabilities: { ...editorCapabilities, textDocument },
  });
  expect(client.capabilities.diagnosticProvider).toBeUndefined();
  const spelled = "file:///w/%28open%29.tac";
  await client.open(spelled, "return = 1");
  await expect
    .poll(() => client.pushed.get(spelled))
    .toMatchObject({ version: 1, diagnostics: [{ code: "syntax-error" }] });
  await expect
    .poll(() => client.pushed.get(folder.uriOf("closed.tac")))
    .toMatchObject({ diagnostics: [{ code: "syntax-error" }] });
  await client.edit(spelled, [{ text: "return 1" }]);
  await expect.poll(() => client.pushed.get(spelled)).toMatchObject({ version: 2, diagnostics: [] });
  await client.close(spelled);
  await expect
    .poll(() => client.pushed.get(spelled) ?? client.pushed.get("file:///w/(open).tac"))
    .toMatchObject({
      diagnostics: [],
    });
});

test("an editor that pulls is told that files depend on each other, and that it can ask for all", async () => {
  await using client = await LanguageClient.start();
  expect(client.capabilities.diagnosticProvider).toMatchObject({
    interFileDependencies: true,
    workspaceDiagnostics: true,
  });
});

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

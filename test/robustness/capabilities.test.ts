import { expect, test } from "vitest";
import { declaredCapabilities, untestedCapabilities } from "./declared-capabilities.ts";
import { ServerProcess } from "./server-process.ts";
import { openWorkspace } from "./workspace.ts";

test("every request that the server declares is in the table of requests", async () => {
  using workspace = openWorkspace();
  const server = await ServerProcess.start(workspace.folder);
  expect(untestedCapabilities(server.capabilities)).toEqual([]);
  await server.stop();
});

test("declared capabilities are found at every depth", () => {
  const capabilities = {
    hoverProvider: true,
    definitionProvider: false,
    monikerProvider: true,
    completionProvider: {
      resolveProvider: true,
      triggerCharacters: ["."],
      completionItem: { labelDetailsSupport: true },
    },
    semanticTokensProvider: { legend: { tokenTypes: [] }, full: { delta: true }, range: true },
    workspace: { workspaceFolders: { supported: true }, fileOperations: { willRename: { filters: [] } } },
  };
  expect(declaredCapabilities(capabilities)).toEqual([
    "completionProvider",
    "completionProvider.resolveProvider",
    "hoverProvider",
    "monikerProvider",
    "semanticTokensProvider.full",
    "semanticTokensProvider.full.delta",
    "semanticTokensProvider.range",
    "workspace.fileOperations.willRename",
  ]);
  expect(untestedCapabilities(capabilities)).toEqual(["monikerProvider"]);
});

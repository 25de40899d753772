import { expect, test } from "vitest";
import type { Hover } from "vscode-languageserver";
import { readFileMethod, type WorkspaceFileParams } from "#protocol/editor/workspace-files.ts";
import { LanguageClient } from "../support/lsp/language-client.ts";
import { WorkspaceFolder } from "../support/lsp/workspace-folder.ts";

const source = `local lib = require("lib")
Procedure { function() return { text = lib.greet("x"), data = Host.call("deploy", {}) } end }
`;
const library = (word: string): string =>
  `local lib = {}\n--- Greets in ${word}.\nfunction lib.greet(name) return name end\nreturn lib\n`;

/** Both sides of a change, as an editor has them. */
const recorded: Readonly<Record<string, string>> = {
  "tactus-review://review-1-base/flows/lib.tac": library("base"),
  "tactus-review://review-1-head/flows/lib.tac": library("head"),
  "tactus-review://review-1-head/.tactus/config.yml": "host_tools: { allow: [deploy] }\n",
};

test("files of a change under review are read from the editor, each side with its own, and no others are", async () => {
  using folder = new WorkspaceFolder({ "flows/lib.tac": library("folder") });
  await using client = await LanguageClient.start({ folders: [folder.uri], home: folder.path });
  const asked: string[] = [];
  client.connection.onRequest(readFileMethod, ({ uri }: WorkspaceFileParams) => {
    asked.push(uri);
    return recorded[uri] ?? null;
  });
  for (const side of ["base", "head"]) {
    const uri = `tactus-review://review-1-${side}/flows/a.tac`;
    await client.open(uri, source);
    const hovered = async (): Promise<string> => {
      const position = { line: 1, character: source.split("\n")[1]?.indexOf("greet") ?? 0 };
      const hover = await client.connection.sendRequest<Hover | null>("textDocument/hover", {
        textDocument: { uri },
        position,
      });
      return JSON.stringify(hover?.contents ?? "");
    };
    await expect.poll(hovered).toContain(`Greets in ${side}`);
  }
  // The config at the root of a side counts, as it would for a folder of the workspace.
  expect(asked).toContain("tactus-review://review-1-head/.tactus/config.yml");
  await client.open(folder.uriOf("flows/a.tac"), source);
  await expect.poll(() => client.calls.isQuiescent).toBe(true);
  expect(asked.every((uri) => uri.startsWith("tactus-review://review-1-"))).toBe(true);
});

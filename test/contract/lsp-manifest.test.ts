import { expect, test } from "vitest";
import type { CodeLens, Hover } from "vscode-languageserver";
import { type ManifestAnswer, manifestMethod } from "#protocol/editor/manifest.ts";
import { MarkedWorkspace } from "../support/lsp/marked-workspace.ts";

const files = {
  "flows/main.tac": [
    'local lib = require("lib")',
    'cle<|>rk = Agent { provider = "openai", model = "gpt-4o", system_prompt = "s", tools = {} }',
    "Proce<|>dure { function(input) clerk() File.write(input.place, lib.text()) end }",
  ].join("\n"),
  "flows/lib.tac": 'local M = {}\nfunction M.text() return File.read("in_*x*.md") end\nreturn M\n',
  "flows/main.tac.yml": "sandbox: { network: bridge }\nlimits: { turns: 600 }\n",
};

const linesOf = (answer: ManifestAnswer | null): readonly string[] =>
  (answer?.sections ?? []).flatMap(({ sentences }) =>
    sentences.map(({ text, file, line }) => `${file}:${line} ${text}`),
  );

test("what a procedure may touch: sentences with their lines, of its modules and its sidecar too", async () => {
  await using desk = await MarkedWorkspace.open(files);
  const uri = desk.uri("flows/main.tac");
  const ask = (params: object): Promise<ManifestAnswer | null> => desk.client.request(manifestMethod, params);
  const answer = await ask({ uri });
  expect(answer).toMatchObject({
    file: "flows/main.tac",
    summary: "1 model · writes files · reaches the network",
  });
  expect(linesOf(answer)).toEqual(
    expect.arrayContaining([
      "flows/main.tac:2 The agent clerk asks the model openai/gpt-4o.",
      "flows/main.tac:3 The procedure writes files that only a run can know.",
      "flows/lib.tac:2 The procedure reads in_*x*.md.",
      "flows/main.tac.yml:1 The file flows/main.tac.yml connects the sandbox to the network bridge. It is not granted, so a run does without.",
      "flows/main.tac.yml:2 The file flows/main.tac.yml asks for 600 requests to models. It is not granted, so a run does without.",
    ]),
  );
  const placed = answer?.sections
    .flatMap(({ sentences }) => sentences)
    .find(({ file }) => file.endsWith("lib.tac"));
  expect(placed).toMatchObject({ uri: desk.uri("flows/lib.tac"), isDynamic: false });
  // Asked from the sidecar, with a grant: the same procedure, and what was granted.
  const granted = [{ file: "flows/main.tac.yml", path: ["sandbox", "network"] }];
  expect(linesOf(await ask({ uri: desk.uri("flows/main.tac.yml"), granted }))).toContain(
    "flows/main.tac.yml:1 The file flows/main.tac.yml connects the sandbox to the network bridge.",
  );
  expect(await ask({ uri: desk.uri("flows/nothing.tac") })).toBeNull();
});

test("the hover of an agent and of a procedure, and the lens, tell the same", async () => {
  await using desk = await MarkedWorkspace.open(files);
  expect(JSON.stringify(await desk.ask<Hover>("hover", "flows/main.tac"))).toContain(
    "The agent clerk asks the model openai/gpt\\\\-4o\\\\.",
  );
  expect(JSON.stringify(await desk.ask<Hover>("hover", "flows/main.tac", {}, 1))).toContain(
    "It may touch: 1 model",
  );
  const lenses = await desk.askDocument<CodeLens[]>("codeLens", "flows/main.tac");
  const unresolved = lenses.find(({ command }) => !command);
  expect(await desk.client.request<CodeLens>("codeLens/resolve", unresolved)).toMatchObject({
    command: { command: "tactus.showManifest", arguments: [desk.uri("flows/main.tac")] },
  });
});

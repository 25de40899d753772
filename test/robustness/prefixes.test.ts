import { readFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { expect, test } from "vitest";
import { askEverything } from "./ask-everything.ts";
import { FuzzedDocument } from "./fuzzed-document.ts";
import { ServerProcess } from "./server-process.ts";
import { openWorkspace } from "./workspace.ts";

const sample = readFileSync(path.join(import.meta.dirname, "sample.tac"), "utf8");

test("typed character by character, a procedure is answered at every prefix", async () => {
  using workspace = openWorkspace();
  const server = await ServerProcess.start(workspace.folder);
  const uri = pathToFileURL(path.join(workspace.folder, "typed.tac")).href;
  const document = new FuzzedDocument(server, uri, "tactus");
  await document.open("");
  for (let length = 0; length <= sample.length; length++) {
    const prefix = sample.slice(0, length);
    await document.edit(prefix);
    const problems = await askEverything(server, document.placeAt(length, length), { order: "together" });
    expect({ prefix, problems, complaints: server.complaints }).toEqual({
      prefix,
      problems: [],
      complaints: [],
    });
  }
  expect(await server.stop()).toBe(0);
});

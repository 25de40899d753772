import path from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, expect, test } from "vitest";
import { askEverything } from "./ask-everything.ts";
import { FuzzedDocument } from "./fuzzed-document.ts";
import { regressions } from "./regressions.ts";
import { ServerProcess } from "./server-process.ts";
import { openWorkspace } from "./workspace.ts";

const workspace = openWorkspace();
afterAll(() => workspace[Symbol.dispose]());
const server = await ServerProcess.start(workspace.folder);
afterAll(() => server.kill());

test.for(regressions)("$name", async ({ text, file = "regression.tac", offset = text.length }) => {
  const uri = pathToFileURL(path.join(workspace.folder, file)).href;
  const document = new FuzzedDocument(server, uri, "tactus");
  await document.open(text);
  const problems = await askEverything(server, document.placeAt(offset, 0), { order: "in turn" });
  await document.close();
  const lines = problems.map(({ method, detail }) => `${method}: ${detail}`);
  expect([...lines, ...server.complaints.splice(0)]).toEqual([]);
});

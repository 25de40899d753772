import path from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, expect, test } from "vitest";
import { askEverything } from "./ask-everything.ts";
import { extremes } from "./extremes.ts";
import { memoryBounds } from "./fuzz-report.ts";
import { FuzzedDocument } from "./fuzzed-document.ts";
import { ServerProcess } from "./server-process.ts";
import { openWorkspace } from "./workspace.ts";

const workspace = openWorkspace();
afterAll(() => workspace[Symbol.dispose]());
let server = await ServerProcess.start(workspace.folder);
afterAll(() => server.kill());

test.for(extremes)("$name: every request answers in time", async ({ text, longestMs }) => {
  const uri = pathToFileURL(path.join(workspace.folder, "extreme.tac")).href;
  const document = new FuzzedDocument(server, uri, "tactus");
  try {
    await document.open(text());
    const middle = Math.floor(document.text.length / 2);
    const problems = await askEverything(server, document.placeAt(middle, middle + 100), {
      order: "in turn",
      longestMs,
    });
    await document.close();
    const lines = problems.map(({ method, detail }) => `${method}: ${detail}`);
    expect([...lines, ...server.complaints.splice(0)]).toEqual([]);
  } catch (error) {
    server.kill();
    server = await ServerProcess.start(workspace.folder);
    throw error;
  }
});

test("after all of them the server holds no more than it may", async () => {
  const { rss, heapUsed } = await server.measureMemory();
  // Pages of texts that are gone stay with the process for a while, and these were a hundred times larger than usual ones.
  expect(rss).toBeLessThan(2 * memoryBounds.rss);
  expect(heapUsed).toBeLessThan(memoryBounds.heapUsed);
  expect(await server.stop()).toBe(0);
});

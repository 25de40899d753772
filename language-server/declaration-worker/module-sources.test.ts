import { expect, test } from "vitest";
import { moduleSources } from "./module-sources.ts";

const files: Readonly<Record<string, string>> = {
  "file:///w/lib/a.tac": 'local b = require("lib.b")\nrequire "lib.a"',
  "file:///w/lib/b/init.tac": 'require("gone") require("tactus.tools.done")',
  "file:///w/unused.tac": "",
};

test("modules of modules, each once, those that are missing left out", async () => {
  const asked: string[] = [];
  const readFile = async (uri: string): Promise<string | undefined> => {
    asked.push(uri);
    return files[uri];
  };
  const found = await moduleSources("file:///w/main.tac", 'require("lib/a") require("lib/a")', readFile);
  expect(Object.entries(found).map(([name, { uri }]) => [name, uri])).toEqual([
    ["lib/a", "file:///w/lib/a.tac"],
    ["lib.b", "file:///w/lib/b/init.tac"],
    ["lib.a", "file:///w/lib/a.tac"],
  ]);
  expect(asked.filter((uri) => uri.endsWith("gone.tac"))).toHaveLength(1);
});

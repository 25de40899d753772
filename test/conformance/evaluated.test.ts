import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { expect, test } from "vitest";
import { evaluateDeclarations } from "#language/declarations/evaluate-declarations.ts";
import { moduleSources } from "#language-server/declaration-worker/module-sources.ts";
import { nodeHost } from "#language-server/node-host.ts";
import { createFengariEngine } from "#lua/fengari/create-fengari-engine.ts";
import { publishedFolder } from "./published-archive.ts";
import { publishedFiles } from "./published-examples.ts";

/** The declarations of every published file can be evaluated to their end. */
for (const published of publishedFiles) {
  const { package: release, version, files, rejected } = published;
  const folder = await publishedFolder(published);
  const title = `${release} ${version}: ${published.folder}`;
  const names = folder.ok ? listFiles(folder.value) : [];

  test.skipIf(!folder.ok)(folder.ok ? title : `SKIPPED ${title}: ${folder.error}`, () =>
    expect(names).toHaveLength(files),
  );

  test.for(names)(`${title}/%s`, async (name) => {
    const file = path.join(folder.ok ? folder.value : "", name);
    const uri = pathToFileURL(file).href;
    const text = readFileSync(file, "utf8");
    const modules = await moduleSources(uri, text, (module) => nodeHost.readFile(module));
    const { problem } = evaluateDeclarations({ uri, text, modules }, createFengariEngine);
    if (name in rejected) expect(problem).toMatchObject({ reason: "syntax" });
    else expect(problem).toBeUndefined();
  });
}

function listFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".tac"));
}

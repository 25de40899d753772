import { existsSync, readdirSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { usedBeyondManifest } from "#test/support/used-beyond-manifest.ts";
import { publishedFolder } from "./published-archive.ts";
import { publishedFiles } from "./published-examples.ts";

/** Folders with procedures; those outside of the project are named by a variable, or lie beside it. */
const shared = process.env["TACTUS_SHARED"] ?? fileURLToPath(new URL("../../../shared", import.meta.url));
const folders: Array<readonly [title: string, folder: string]> = [
  ["examples", fileURLToPath(new URL("../../examples", import.meta.url))],
  ["attacks", path.join(shared, "attacks")],
  ["probes", path.join(shared, "conformance/probes")],
];
for (const published of publishedFiles) {
  const folder = await publishedFolder(published);
  if (folder.ok)
    folders.push([`${published.package} ${published.version}, ${published.folder}`, folder.value]);
  else process.stderr.write(`SKIPPED: the manifests of ${published.folder}: ${folder.error}\n`);
}

let used = 0;

// No capability is used by any of them that its manifest does not list, with models mocked and with models that call
// every tool that they are offered.
for (const [title, folder] of folders) {
  if (!existsSync(folder))
    process.stderr.write(`SKIPPED: the manifests of ${title}: there is no ${folder}\n`);
  describe.skipIf(!existsSync(folder))(`nothing beyond the manifest: ${title}`, () => {
    const files = existsSync(folder)
      ? readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".tac"))
      : [];
    test.for(files.sort())("%s", async (file) => {
      const { beyond, uses } = await usedBeyondManifest(folder, file);
      used += uses;
      expect(beyond).toEqual([]);
    });
  });
}

test.skipIf(folders.length < 4)("and much is used", () => expect(used).toBeGreaterThan(100));

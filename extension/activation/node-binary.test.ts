import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { findNode } from "./node-binary.ts";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "tactus-node-"));
});

afterEach(() => rmSync(folder, { recursive: true }));

/** A program that says a version. */
function binary(parts: readonly string[], version = "v26.1.0"): string {
  const file = path.join(folder, ...parts);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, `#!/bin/sh\necho ${version}\n`);
  chmodSync(file, 0o755);
  return file;
}

test("the setting wins, even when nothing is there: its owner hears of it", async () => {
  binary(["bin", "node"]);
  const found = await findNode({
    setting: "/none/node",
    extensionFolder: folder,
    searchPath: path.join(folder, "bin"),
  });
  expect(found).toBe("/none/node");
});

test("the extension's own comes before the PATH", async () => {
  binary(["bin", "node"]);
  const own = binary(["node_modules", "node", "bin", "node"]);
  expect(await findNode({ setting: "", extensionFolder: folder, searchPath: path.join(folder, "bin") })).toBe(
    own,
  );
});

test("relative parts of the PATH are passed over: they could lie in the workspace", async () => {
  const found = binary(["bin", "node"]);
  const searchPath = [".", "bin", path.join(folder, "bin")].join(path.delimiter);
  expect(await findNode({ setting: "", extensionFolder: folder, searchPath })).toBe(found);
});

test("a Node that is too old is passed over", async () => {
  binary(["old", "node"], "v20.20.2");
  const found = binary(["new", "node"]);
  const searchPath = [path.join(folder, "old"), path.join(folder, "new")].join(path.delimiter);
  expect(await findNode({ setting: "", extensionFolder: folder, searchPath })).toBe(found);
});

test("no Node at all is said", async () => {
  expect(await findNode({ setting: "", extensionFolder: folder, searchPath: "" })).toBeUndefined();
});

test("a program of an open folder is passed over", async () => {
  binary(["open", "bin", "node"]);
  const found = binary(["bin", "node"]);
  const searchPath = [path.join(folder, "open", "bin"), path.join(folder, "bin")].join(path.delimiter);
  const workspaceFolders = [path.join(folder, "open")];
  expect(await findNode({ setting: "", extensionFolder: folder, searchPath, workspaceFolders })).toBe(found);
});

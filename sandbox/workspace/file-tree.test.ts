import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openWorkspace } from "./open-workspace.ts";
import { recordedTree } from "./testing/recorded-tree.ts";
import { maximumWholeBytes, type RunWorkspace } from "./workspace.ts";

let folder: string;
let workspace: RunWorkspace;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "tactus-tree-"));
  workspace = openWorkspace({
    mode: "mount",
    root: path.join(folder, "not-there"),
    procedureFile: "flows/a.tac",
    changesFolder: path.join(folder, "changes"),
    tree: recordedTree({
      "notes.txt": "first",
      "flows/a.tac": "-- a",
      "flows/lib.tac": "return 1",
      ".gitignore": "notes.txt",
      ".env": "KEY=CANARY",
      "keys/id_rsa": "CANARY",
      ".git/config": "CANARY",
      "link.txt": "→/etc/passwd",
      "huge.bin": "x".repeat(maximumWholeBytes + 1),
      "odd\u202ename.txt": "CANARY",
    }),
  });
});

afterEach(() => rmSync(folder, { recursive: true }));

test("what is recorded is read, listed and required, whatever git would ignore on the disk", async () => {
  expect(await workspace.read({ path: "./flows/../notes.txt" })).toEqual({
    ok: true,
    value: { text: "first" },
  });
  expect(await workspace.module({ name: "lib" })).toMatchObject({
    value: { module: { source: "return 1" } },
  });
  expect(await workspace.status({ path: "flows" })).toMatchObject({ value: { exists: false } });
  const names = async (at: string) => {
    const listed = await workspace.list({ path: at });
    return listed.ok ? listed.value.entries.map(({ name }) => name) : listed.error.code;
  };
  expect(await names(".")).toEqual([".gitignore", "flows", "huge.bin", "keys", "notes.txt"]);
  expect(await names("flows")).toEqual(["a.tac", "lib.tac"]);
  expect(await names("none")).toBe("file-not-found");
});

test.for([
  ".env",
  "keys/id_rsa",
  ".git/config",
  "link.txt",
  "huge.bin",
  "../secret",
  "odd\u202ename.txt",
  "flows",
])("%j is not read", async (at) => {
  const read = await workspace.read({ path: at });
  expect(read.ok).toBe(false);
  expect(JSON.stringify(read)).not.toContain("CANARY");
});

test("what a run writes is a change beside its journal, and nothing of the tree comes to the disk", async () => {
  await workspace.write({ path: "notes.txt", text: "second" });
  await workspace.write({ path: "made/new.txt", text: "made" });
  expect(await workspace.read({ path: "notes.txt" })).toMatchObject({ value: { text: "second" } });
  expect(await workspace.changes()).toEqual([
    { path: "notes.txt", kind: "modified", bytes: 6 },
    { path: "made/new.txt", kind: "created", bytes: 4 },
  ]);
  expect(existsSync(path.join(folder, "not-there"))).toBe(false);
  expect(existsSync(path.join(folder, "changes/base"))).toBe(false);
});

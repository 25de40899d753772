import { execFileSync } from "node:child_process";
import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { ChangeSet } from "./change-set.ts";
import { openWorkspace } from "./open-workspace.ts";

let folder: string;
let root: string;
let changes: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "tactus-changes-"));
  root = path.join(folder, "root");
  changes = path.join(folder, "changes");
  mkdirSync(root);
  writeFileSync(path.join(folder, "outside.txt"), "CANARY");
});

afterEach(() => rmSync(folder, { recursive: true }));

async function written(...files: string[]): Promise<ChangeSet> {
  const workspace = openWorkspace({ mode: "copy", root, procedureFile: "a.tac", changesFolder: changes });
  for (const file of files) {
    expect(await workspace.write({ path: file, text: "by the run" })).toMatchObject({ ok: true });
  }
  return new ChangeSet(root, changes);
}

const codes = ({ refused }: Awaited<ReturnType<ChangeSet["apply"]>>): string[] =>
  refused.map(({ code }) => code);
const inRoot = (file: string): string => path.join(root, file);

test("a link that stands where a file is to be written is neither followed nor replaced", async () => {
  symlinkSync("../outside.txt", inRoot("report.txt"));
  const set = await written("report.txt");
  expect(codes(await set.apply({ confirmed: ["report.txt"] }))).toEqual(["conflict"]);
  const forced = await set.apply({ confirmed: ["report.txt"], overwritten: ["report.txt"] });
  expect(codes(forced)).toEqual(["not-written"]);
  expect(readFileSync(path.join(folder, "outside.txt"), "utf8")).toBe("CANARY");
});

test("a folder that became a link does not lead the changes elsewhere", async () => {
  const set = await written("made/new.txt");
  mkdirSync(path.join(folder, "elsewhere"));
  symlinkSync("../elsewhere", inRoot("made"));
  expect(codes(await set.apply({}))).toEqual(["not-written"]);
  expect(existsSync(path.join(folder, "elsewhere/new.txt"))).toBe(false);
});

test("a plain name does not lead through a link to what programs obey", async () => {
  mkdirSync(inRoot(".git/hooks"), { recursive: true });
  symlinkSync(".git/hooks", inRoot("docs"));
  const set = await written("docs/post-checkout");
  expect(codes(await set.apply({ confirmed: ["docs/post-checkout"] }))).toEqual(["not-written"]);
  expect(existsSync(inRoot(".git/hooks/post-checkout"))).toBe(false);
});

test("another name of a file's content keeps it", async () => {
  writeFileSync(inRoot("notes.txt"), "mine");
  linkSync(inRoot("notes.txt"), path.join(folder, "twin.txt"));
  const set = await written("notes.txt");
  expect(await set.apply({})).toMatchObject({ applied: ["notes.txt"] });
  expect(readFileSync(path.join(folder, "twin.txt"), "utf8")).toBe("mine");
});

test.for(["pipe", "a folder"])("%s in the way is not written to", async (kind) => {
  const set = await written("notes.txt");
  if (kind === "pipe") execFileSync("mkfifo", [inRoot("notes.txt")]);
  else mkdirSync(inRoot("notes.txt"));
  expect(codes(await set.apply({ overwritten: ["notes.txt"] }))).toEqual(["not-written"]);
});

test("a program of this machine is replaced only when it is confirmed", async () => {
  writeFileSync(inRoot("deploy"), "#!/bin/sh\n", { mode: 0o755 });
  const set = await written("deploy");
  expect(codes(await set.apply({}))).toEqual(["risky"]);
  expect(await set.apply({ confirmed: ["deploy"] })).toMatchObject({ applied: ["deploy"] });
});

test.for([
  "../outside.txt",
  "sub/../../outside.txt",
  "/etc/hostname",
  "a\u0000b",
  "a\nb",
  "\u202etxt.exe",
  "a/./b",
  "C:/x",
  "nul",
  "",
])("a list that names %j is no list of changes", async (file) => {
  mkdirSync(path.join(changes, "files"), { recursive: true });
  const list = { changes: [{ path: file, kind: "created", bytes: 1 }] };
  writeFileSync(path.join(changes, "changes.json"), JSON.stringify(list));
  expect(await new ChangeSet(root, changes).list()).toEqual([]);
});

test("kept contents that are links lead nowhere", async () => {
  const set = await written("notes.txt");
  rmSync(path.join(changes, "files/notes.txt"));
  symlinkSync("../../outside.txt", path.join(changes, "files/notes.txt"));
  expect(codes(await set.apply({}))).toEqual(["content-missing"]);
});

test("another content than the one that was shown is not applied", async () => {
  const set = await written("notes.txt");
  expect(codes(await set.apply({ shown: new Map([["notes.txt", "another hash"]]) }))).toEqual([
    "changed-since-shown",
  ]);
});

test("of a file that looks like a secret no copy is made", async () => {
  writeFileSync(inRoot(".env"), "KEY=CANARY");
  const set = await written(".env");
  expect(await set.list()).toMatchObject([{ secret: true, base: undefined, risk: { kind: "obeyed" } }]);
  expect(existsSync(path.join(changes, "base"))).toBe(false);
});

test("contents are gone when everything is decided, and a resumed run sees what was applied", async () => {
  const set = await written("one.txt", "two.txt");
  await set.apply({ paths: ["one.txt"] });
  expect(await set.discard()).toEqual(["two.txt"]);
  expect(existsSync(path.join(changes, "files"))).toBe(false);
  expect(Object.fromEntries(await set.settled())).toEqual({ "one.txt": "applied", "two.txt": "discarded" });
  await written("three.txt");
  expect((await set.list()).map((change) => change.path)).toEqual(["three.txt"]);
  expect(Object.fromEntries(await set.settled())).toEqual({ "one.txt": "applied", "two.txt": "discarded" });
});

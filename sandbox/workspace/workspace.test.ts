import { execFileSync } from "node:child_process";
import { linkSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { mkdtemp, readdir, rename, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { openWorkspace } from "./open-workspace.ts";
import { maximumFileBytes, maximumWholeBytes, type RunWorkspace, type WorkspaceMode } from "./workspace.ts";

let folder: string;
let root: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "tactus-workspace-"));
  root = path.join(folder, "root");
  writeTree({
    "secret.txt": "CANARY",
    "outside.tac": "return 'CANARY'",
    "root/notes.txt": "first",
    "root/flows/main.tac": "-- main",
    "root/flows/greetings/init.tac": "return 1",
    "root/flows/text/tools.tac": "return 2",
    "root/.env": "KEY=CANARY",
    "root/.git/config": "CANARY",
    "root/.tactus/runs/1/events.jsonl": "CANARY",
    "root/deploy.pem": "CANARY",
    "root/.gitignore": "build/\n*.log\n!kept.log\n",
    "root/build/out.txt": "ignored",
    "root/debug.log": "ignored",
    "root/kept.log": "kept",
    "root/sub/.gitignore": "local.txt\n",
    "root/sub/local.txt": "ignored",
  });
  symlinkSync("../secret.txt", path.join(root, "link.txt"));
  symlinkSync("..", path.join(root, "up"));
  symlinkSync("notes.txt", path.join(root, "inner.txt"));
  symlinkSync(".env", path.join(root, "innocent.txt"));
  symlinkSync("build/out.txt", path.join(root, "built.txt"));
  symlinkSync("../../outside.tac", path.join(root, "flows", "linked.tac"));
});

afterEach(() => rmSync(folder, { recursive: true }));

function writeTree(files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), text);
  }
}

function open(mode: WorkspaceMode): RunWorkspace {
  return openWorkspace({
    mode,
    root,
    procedureFile: "flows/main.tac",
    changesFolder: path.join(folder, "changes"),
  });
}

/** What reading gives: the text, or the code of the refusal. */
async function read(workspace: RunWorkspace, file: string): Promise<string> {
  const answer = await workspace.read({ path: file });
  return answer.ok ? answer.value.text : answer.error.code;
}

async function write(workspace: RunWorkspace, file: string, text = "new"): Promise<string> {
  const answer = await workspace.write({ path: file, text });
  return answer.ok ? "written" : answer.error.code;
}

test.for<{ mode: WorkspaceMode; file: string; expected: string }>([
  { mode: "mount", file: "notes.txt", expected: "first" },
  { mode: "mount", file: "./sub/../notes.txt", expected: "first" },
  { mode: "mount", file: "inner.txt", expected: "first" },
  { mode: "mount", file: "debug.log", expected: "ignored" },
  { mode: "mount", file: "missing.txt", expected: "file-not-found" },
  { mode: "mount", file: "notes.txt/more", expected: "file-denied" },
  { mode: "mount", file: "sub", expected: "file-denied" },
  { mode: "mount", file: ".env", expected: "file-denied" },
  { mode: "mount", file: "innocent.txt", expected: "file-denied" },
  { mode: "mount", file: "deploy.pem", expected: "file-denied" },
  { mode: "mount", file: ".git/config", expected: "file-denied" },
  { mode: "mount", file: ".GIT/config", expected: "file-denied" },
  { mode: "mount", file: ".tactus/runs/1/events.jsonl", expected: "file-denied" },
  { mode: "copy", file: "notes.txt", expected: "first" },
  { mode: "copy", file: "kept.log", expected: "kept" },
  { mode: "copy", file: "debug.log", expected: "file-denied" },
  { mode: "copy", file: "build/out.txt", expected: "file-denied" },
  { mode: "copy", file: "built.txt", expected: "file-denied" },
  { mode: "copy", file: "sub/local.txt", expected: "file-denied" },
  { mode: "copy", file: ".env", expected: "file-denied" },
  { mode: "none", file: "notes.txt", expected: "file-not-found" },
])("$mode: reading $file gives $expected", async ({ mode, file, expected }) => {
  expect(await read(open(mode), file)).toBe(expected);
});

test.for([
  ...["prod.env", "_netrc", "aws-credentials.json", "service-account-7.json", "main.tfstate", "Kubeconfig"],
  ...["id_ed25519", "server.key", "sub/.ssh/config", ".gcloud/token"],
])("%s looks like a secret in any mode", async (file) => {
  writeTree({ [`root/${file}`]: "CANARY" });
  expect(await read(open("mount"), file)).toBe("file-denied");
  expect(await read(open("copy"), file)).toBe("file-denied");
});

test.for([
  "../secret.txt",
  "sub/../../secret.txt",
  "/etc/hostname",
  "~/x",
  "C:/x",
  "..\\secret.txt",
  "link.txt",
  "up/secret.txt",
  "notes.txt\0",
  "a\nb",
  "\u202etxt.exe",
  "file:///etc/hostname",
  "con.txt",
  "trailing.",
  "x".repeat(300),
])("%j leads nowhere in any mode, and the refusal names no host path", async (file) => {
  for (const mode of ["mount", "copy", "none"] as const) {
    const workspace = open(mode);
    const answer = await workspace.read({ path: file });
    expect(answer.ok, mode).toBe(false);
    expect(JSON.stringify(answer)).not.toContain(folder);
    expect(await workspace.status({ path: file })).toEqual({ ok: true, value: { exists: false, bytes: 0 } });
  }
});

test("a mounted workspace gets what is written, with its folders", async () => {
  const workspace = open("mount");
  expect(await workspace.write({ path: "made/deep/é.txt", text: "é" })).toEqual({
    ok: true,
    value: { bytes: 2 },
  });
  expect(readFileSync(path.join(root, "made/deep/é.txt"), "utf8")).toBe("é");
  expect(await workspace.status({ path: "made/deep/é.txt" })).toEqual({
    ok: true,
    value: { exists: true, bytes: 2 },
  });
  expect(await workspace.changes()).toEqual([]);
});

test.for([
  ".git/hooks/post-checkout",
  ".Git/config",
  ".tactus/config.yml",
  ".vscode/settings.json",
  ".github/workflows/ci.yml",
  ".envrc",
  "flows/main.tac",
  "flows/main.tac.yml",
  "package.json",
  "Makefile",
  "inner.txt",
  "link.txt",
  "up/secret.txt",
  "sub",
  ".",
])("a mounted workspace keeps %s from being written", async (file) => {
  expect(await write(open("mount"), file)).toBe("file-denied");
  expect(readFileSync(path.join(folder, "secret.txt"), "utf8")).toBe("CANARY");
  expect(readFileSync(path.join(root, "notes.txt"), "utf8")).toBe("first");
});

test("writing replaces the file: a hard link elsewhere keeps its content, the mode stays", async () => {
  writeFileSync(path.join(root, "run.sh"), "old", { mode: 0o750 });
  linkSync(path.join(root, "run.sh"), path.join(folder, "twin"));
  expect(await write(open("mount"), "run.sh")).toBe("written");
  expect(readFileSync(path.join(folder, "twin"), "utf8")).toBe("old");
  expect(readFileSync(path.join(root, "run.sh"), "utf8")).toBe("new");
  expect((await readdir(root)).filter((name) => name.endsWith(".draft"))).toEqual([]);
});

test("a mounted workspace keeps programs that the machine can start, in whatever folder", async () => {
  writeFileSync(path.join(root, "deploy"), "#!/bin/sh\n", { mode: 0o755 });
  expect(await write(open("mount"), "deploy")).toBe("file-denied");
  expect(await write(open("mount"), "sub/git.exe")).toBe("file-denied");
  expect(readFileSync(path.join(root, "deploy"), "utf8")).toBe("#!/bin/sh\n");
});

test("a folder that turns into a link while it is written to and listed never leads outside", async () => {
  const workspace = open("mount");
  mkdirSync(path.join(folder, "outside"));
  writeFileSync(path.join(folder, "outside/CANARY.txt"), "CANARY");
  mkdirSync(path.join(root, "plain"));
  const flip = path.join(root, "flip");
  const seen = new Set<string>();
  let flipping = true;
  const flipper = (async () => {
    for (let turn = 0; flipping; turn++) {
      const draft = path.join(root, `draft-${turn % 2}`);
      await rm(draft, { force: true });
      await symlink(turn % 2 === 0 ? "plain" : "../outside", draft);
      await rename(draft, flip);
    }
  })();
  for (let turn = 0; turn < 500 || seen.size < 2; turn++) {
    seen.add(await write(workspace, `flip/new/deep-${turn}.txt`));
    const listed = await workspace.list({ path: "flip" });
    expect(JSON.stringify(listed)).not.toContain("CANARY.txt");
    expect(await workspace.status({ path: "flip/CANARY.txt" })).toMatchObject({ value: { exists: false } });
  }
  flipping = false;
  await flipper;
  expect(await readdir(path.join(folder, "outside"))).toEqual(["CANARY.txt"]);
});

test("pipes and files over the limit are refused at once", async () => {
  execFileSync("mkfifo", [path.join(root, "pipe")]);
  writeFileSync(path.join(root, "big.txt"), Buffer.alloc(maximumFileBytes + 1, "x"));
  const workspace = open("mount");
  expect(await read(workspace, "pipe")).toBe("file-denied");
  expect(await read(workspace, "big.txt")).toBe("file-denied");
  expect(await write(workspace, "big2.txt", "x".repeat(maximumFileBytes + 1))).toBe("file-denied");
});

test("a file that turns into a link while it is read never shows what the link points at", async () => {
  const workspace = open("mount");
  const plain = path.join(root, "flip.txt");
  const seen = new Set<string>();
  let flipping = true;
  const flipper = (async () => {
    for (let turn = 0; flipping; turn++) {
      const draft = path.join(root, `draft-${turn % 2}`);
      rmSync(draft, { force: true });
      if (turn % 2 === 0) writeFileSync(draft, "plain");
      else await symlink("../secret.txt", draft);
      await rename(draft, plain);
    }
  })();
  for (let turn = 0; turn < 500 || !seen.has("plain"); turn++) seen.add(await read(workspace, "flip.txt"));
  flipping = false;
  await flipper;
  expect([...seen]).not.toContain("CANARY");
});

test("a copied workspace keeps changes apart and shows them to the run", async () => {
  const workspace = open("copy");
  expect(await write(workspace, "notes.txt", "second")).toBe("written");
  expect(await write(workspace, "made/new.txt", "n")).toBe("written");
  expect(await write(workspace, "made/new.txt", "nn")).toBe("written");
  expect(await write(workspace, ".github/workflows/ci.yml", "on: push")).toBe("written");
  expect(await read(workspace, "notes.txt")).toBe("second");
  expect(readFileSync(path.join(root, "notes.txt"), "utf8")).toBe("first");
  expect((await readdir(root)).includes("made")).toBe(false);
  const expected = [
    { path: "notes.txt", kind: "modified", bytes: 6 },
    { path: "made/new.txt", kind: "created", bytes: 2 },
    { path: ".github/workflows/ci.yml", kind: "created", bytes: 8 },
  ];
  expect(await workspace.changes()).toEqual(expected);
  const kept = JSON.parse(readFileSync(path.join(folder, "changes/changes.json"), "utf8"));
  expect(kept.changes).toMatchObject(expected);
  expect(readFileSync(path.join(folder, "changes/files/made/new.txt"), "utf8")).toBe("nn");
});

test.for<{ mode: WorkspaceMode; expected: string[] }>([
  { mode: "mount", expected: ["build/", "debug.log", "flows/", "kept.log", "notes.txt", "out.txt", "sub/"] },
  { mode: "copy", expected: ["flows/", "kept.log", "notes.txt", "out.txt", "sub/"] },
  { mode: "none", expected: ["out.txt"] },
])("$mode lists what may be read and what the run wrote", async ({ mode, expected }) => {
  const workspace = open(mode);
  await write(workspace, "out.txt");
  const answer = await workspace.list({ path: "" });
  const names = answer.ok
    ? answer.value.entries.map(({ name, directory }) => (directory ? `${name}/` : name))
    : answer.error;
  expect(names).toEqual(mode === "none" ? expected : [".gitignore", ...expected]);
});

test.for([
  { name: "greetings", expected: "flows/greetings/init.tac" },
  { name: "text.tools", expected: "flows/text/tools.tac" },
  { name: "text/tools", expected: "flows/text/tools.tac" },
  { name: "missing", expected: null },
  { name: "..outside", expected: null },
  { name: "../../outside", expected: null },
  { name: "/etc/hostname", expected: null },
  { name: "text.tools\0", expected: null },
])("require of $name finds $expected", async ({ name, expected }) => {
  for (const mode of ["mount", "copy"] as const) {
    const answer = await open(mode).module({ name });
    expect(answer.ok && (answer.value.module?.file ?? null)).toBe(expected);
  }
});

test.for([
  { name: "main", from: "flows/main.tac", expected: "flows/main.tac" },
  { name: "text/tools.tac", from: "flows/main.tac", expected: "flows/text/tools.tac" },
  { name: "main", from: "flows/text/tools.tac", expected: "flows/main.tac" },
  { name: "flows/main", from: "other.tac", expected: "flows/main.tac" },
  { name: "root/flows/main", from: "flows/text/tools.tac", expected: "flows/main.tac" },
  { name: "demo", from: "flows/main.tac", expected: "examples/demo.tac" },
  { name: "missing", from: "flows/main.tac", expected: null },
  { name: "../outside", from: "flows/main.tac", expected: null },
  { name: "main", from: "../../x.tac", expected: null },
])("running $name in $from finds $expected", async ({ name, from, expected }) => {
  writeTree({ "root/examples/demo.tac": "return 3" });
  for (const mode of ["mount", "copy"] as const) {
    const answer = await open(mode).program({ name, from });
    expect(answer.ok && (answer.value.program?.file ?? null)).toBe(expected);
  }
});

test("a module is looked for beside the file that requires it", async () => {
  const answer = await open("mount").module({ name: "tools", from: "flows/text/x.tac" });
  expect(answer).toMatchObject({ ok: true, value: { module: { file: "flows/text/tools.tac" } } });
  expect(await open("mount").module({ name: "outside", from: "../x.tac" })).toMatchObject({ ok: false });
});

test("a module behind a link that leads outside is refused", async () => {
  expect(await open("mount").module({ name: "linked" })).toMatchObject({
    ok: false,
    error: { code: "file-denied" },
  });
});

describe("files piece by piece", () => {
  const size = maximumFileBytes + 1000;
  const content = Buffer.alloc(
    size,
    Uint8Array.from({ length: 251 }, (_, index) => index),
  );
  const piece = (offset: number, length = maximumFileBytes) => ({
    path: "data/big.bin",
    offset,
    size,
    base64: content.subarray(offset, offset + length).toString("base64"),
  });

  test.for(["mount", "copy", "none"] as const)("a large file, %s", async (mode) => {
    const workspace = open(mode);
    expect(await workspace.writeBytes(piece(0))).toEqual({ ok: true, value: { bytes: 0 } });
    expect((await workspace.status({ path: "data/big.bin" })).ok).toBe(true);
    expect(await workspace.writeBytes(piece(maximumFileBytes))).toEqual({ ok: true, value: { bytes: size } });
    const read = await Promise.all(
      [0, maximumFileBytes].map((offset) => workspace.readBytes({ path: "data/big.bin", offset })),
    );
    const bytes = read.map((answer) => Buffer.from(answer.ok ? answer.value.base64 : "", "base64"));
    expect(Buffer.concat(bytes).equals(content)).toBe(true);
    expect(read[0]).toMatchObject({ ok: true, value: { size } });
  });

  test("pieces that do not fit together are refused", async () => {
    const workspace = open("none");
    await workspace.writeBytes(piece(0, 10));
    expect(await workspace.writeBytes(piece(20, 10))).toMatchObject({ error: { code: "file-denied" } });
    expect(await workspace.writeBytes({ ...piece(10, 10), path: "other.bin" })).toMatchObject({ ok: false });
    expect(await workspace.status({ path: "data/big.bin" })).toMatchObject({ value: { exists: false } });
  });

  test("a file that is too large is refused before anything is kept", async () => {
    const answer = await open("none").writeBytes({ ...piece(0, 10), size: maximumWholeBytes + 1 });
    expect(answer).toMatchObject({ ok: false, error: { code: "file-denied" } });
  });

  test("the path policy is the same", async () => {
    const workspace = open("mount");
    for (const file of ["../secret.txt", ".env", "link.txt", "up/secret.txt"]) {
      expect(await workspace.readBytes({ path: file, offset: 0 })).toMatchObject({ ok: false });
      expect(await workspace.writeBytes({ path: file, offset: 0, size: 1, base64: "QQ==" })).toMatchObject({
        ok: false,
      });
    }
  });
});

test("the bytes that a run may write are limited", async () => {
  const workspace = open("none");
  const text = "x".repeat(maximumFileBytes);
  const answers = new Set<string>();
  for (let turn = 0; turn < 130; turn++) answers.add(await write(workspace, "same.txt", text));
  expect([...answers]).toEqual(["written", "file-denied"]);
});

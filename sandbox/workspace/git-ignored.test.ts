import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { ConfinedFolder } from "./confined-folder.ts";
import { GitIgnored } from "./git-ignored.ts";

let repository: string;

beforeEach(async () => {
  repository = await mkdtemp(path.join(tmpdir(), "tactus-ignored-"));
});

afterEach(() => rmSync(repository, { recursive: true }));

function lay(files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(repository, name)), { recursive: true });
    writeFileSync(path.join(repository, name), text);
  }
}

function covers(file: string): Promise<boolean> {
  const root = path.join(repository, "packages/flow");
  mkdirSync(root, { recursive: true });
  return new GitIgnored(new ConfinedFolder(root), root).covers(file, "file");
}

test.for<[string, Record<string, string>, boolean]>([
  ["the folder's own rules", { "packages/flow/.gitignore": "data.txt" }, true],
  ["the rules of the repository around it", { ".git/HEAD": "", ".gitignore": "data.txt" }, true],
  ["rules with a path from the repository", { ".git/HEAD": "", ".gitignore": "packages/*/data.txt" }, true],
  ["what only this clone leaves out", { ".git/info/exclude": "data.txt" }, true],
  [
    "a nearer rule wins",
    { ".git/HEAD": "", ".gitignore": "data.txt", "packages/flow/.gitignore": "!data.txt" },
    false,
  ],
  ["no repository, no rules from above", { ".gitignore": "data.txt" }, false],
  ["a folder that is ignored as a whole is its own", { ".git/HEAD": "", ".gitignore": "packages/" }, false],
])("%s", async ([, files, expected]) => {
  lay(files);
  expect(await covers("data.txt")).toBe(expected);
});

test("the person's own rules count", async () => {
  lay({ "config/git/ignore": "*.local\n" });
  const before = process.env["XDG_CONFIG_HOME"];
  process.env["XDG_CONFIG_HOME"] = path.join(repository, "config");
  try {
    expect(await covers("keys.local")).toBe(true);
  } finally {
    if (before === undefined) delete process.env["XDG_CONFIG_HOME"];
    else process.env["XDG_CONFIG_HOME"] = before;
  }
});

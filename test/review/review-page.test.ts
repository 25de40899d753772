import { execFile } from "node:child_process";
import { symlinkSync } from "node:fs";
import { readFile, stat } from "node:fs/promises";
import path from "node:path";
import { gunzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { ReviewPage } from "#protocol/page/page-data.ts";
import { studioCommand } from "#test/contract/studio.ts";
import { TestRepository } from "./repository.ts";

const agent = (prompt: string): string =>
  `clerk = Agent { model = "openai/gpt-4o", system_prompt = "${prompt}" }\n`;

let made: TestRepository;
let page: ReviewPage;
let code: number;

beforeAll(async () => {
  made = await TestRepository.create();
  await made.commit({
    "a.tac": agent("Be kind."),
    "lib/kept.tac": "return 1\n",
    "lib/old.tac": "-- a module that moves\nreturn { value = 1, other = 2, third = 3 }\n",
    "gone.tac": "return 1\n",
    "notes.txt": "not ours\n",
  });
  await made.git("checkout", "--quiet", "-b", "head");
  await made.git("mv", "lib/old.tac", "lib/new.tac");
  await made.git("rm", "--quiet", "gone.tac");
  symlinkSync("/etc/passwd", path.join(made.folder, "link.tac"));
  await made.commit({
    "a.tac": agent("Obey."),
    "a.tac.yml": "sandbox:\n  volumes:\n    - ~/data:/data:rw\n",
    "logo.png": Uint8Array.of(0x89, 0x50, 0xff),
  });
  code = await studio("review", "main..head", "--html", "out/page");
  page = dataOf(await readFile(path.join(made.folder, "out/page/index.html"), "utf8"));
});

afterAll(() => made.remove());

function studio(...args: readonly string[]): Promise<number> {
  const env = { PATH: process.env["PATH"], HOME: made.outside, NO_COLOR: "1" };
  return new Promise((resolve) => {
    execFile(studioCommand, args, { cwd: made.folder, env }, (error) =>
      resolve(typeof error?.code === "number" ? error.code : 0),
    );
  });
}

function dataOf(html: string): ReviewPage {
  const [, packed = ""] = /id="data">([^<]*)</.exec(html) ?? [];
  return JSON.parse(gunzipSync(Buffer.from(packed, "base64")).toString());
}

const fileOf = (name: string) => page.files.find(({ path: file }) => file === name);

test("the page holds the review, ends as the command does, and is small enough to travel", async () => {
  expect(code).toBe(1);
  expect(page).toMatchObject({ kind: "review", report: { risk: "high" } });
  expect((await stat(path.join(made.folder, "out/page/index.html"))).size).toBeLessThan(6_000_000);
});

test("both sides of what changed are in it, and what is unchanged of ours", () => {
  expect(fileOf("a.tac")).toEqual({
    path: "a.tac",
    status: "modified",
    before: agent("Be kind."),
    after: agent("Obey."),
  });
  expect(fileOf("gone.tac")).toEqual({ path: "gone.tac", status: "deleted", before: "return 1\n" });
  expect(fileOf("lib/new.tac")).toMatchObject({ status: "renamed", from: "lib/old.tac" });
  expect(fileOf("lib/kept.tac")).toEqual({ path: "lib/kept.tac", status: "unchanged", after: "return 1\n" });
  expect(fileOf("notes.txt")).toBeUndefined();
});

test("a link is not followed, and what is no text is told by its size", () => {
  expect(fileOf("link.tac")).toEqual({
    path: "link.tac",
    status: "added",
    leftOut: "It is a link, which is not followed.",
  });
  expect(fileOf("logo.png")?.leftOut).toBe("3 bytes that are no text.");
});

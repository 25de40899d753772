import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readRunSources } from "./run-sources.ts";

let place: string;
let root: string;

beforeAll(() => {
  place = mkdtempSync(path.join(tmpdir(), "tactus-sources-"));
  root = path.join(place, "workspace");
  mkdirSync(path.join(root, "lib"), { recursive: true });
  mkdirSync(path.join(root, ".ssh"));
  writeFileSync(path.join(root, "a.tac"), 'local b = require("lib.b")');
  writeFileSync(path.join(root, "lib/b.tac"), "return {}");
  writeFileSync(path.join(root, ".ssh/x.tac"), "secret");
  writeFileSync(path.join(root, "key.txt"), "secret");
  writeFileSync(path.join(place, "outside.tac"), "secret");
  symlinkSync(path.join(place, "outside.tac"), path.join(root, "link.tac"));
});

afterAll(() => rmSync(place, { recursive: true }));

test("the procedure of a run comes with its modules", async () => {
  expect((await readRunSources(root, "a.tac")).map(({ file }) => file)).toEqual(["a.tac", "lib/b.tac"]);
});

test.for(["../outside.tac", "link.tac", ".ssh/x.tac", "key.txt", "/etc/passwd", "gone.tac"])(
  "a journal that names %s gets nothing",
  async (file) => {
    expect(await readRunSources(root, file)).toEqual([]);
  },
);

import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { claimRun, isClaimed, releaseRun } from "#runs/journal/run-claim.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "tactus-claim-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

test("a run is claimed once, until it is released", () => {
  expect(claimRun(folder)).toEqual({});
  expect(claimRun(folder)).toEqual({ owner: process.pid });
  expect(isClaimed(folder)).toBe(true);
  releaseRun(folder);
  expect(isClaimed(folder)).toBe(false);
  expect(claimRun(folder)).toEqual({});
});

test("what a dead process left counts for nothing; a living one keeps others out", () => {
  const dead = 2 ** 22 + 1;
  writeFileSync(path.join(folder, `owner.${dead}`), "\n");
  writeFileSync(path.join(folder, `owner.${process.ppid}`), "\n");
  expect(claimRun(folder)).toEqual({ owner: process.ppid });
  rmSync(path.join(folder, `owner.${process.ppid}`));
  expect(claimRun(folder)).toEqual({});
  expect(readdirSync(folder)).toEqual([`owner.${process.pid}`]);
});

test.skipIf(process.platform !== "linux")(
  "the number of a dead process that another one got is noticed",
  () => {
    const parent = process.ppid;
    writeFileSync(path.join(folder, `owner.${parent}`), "another-start\n");
    expect(claimRun(folder)).toEqual({});
  },
);

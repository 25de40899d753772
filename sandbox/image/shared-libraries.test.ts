import { mkdtempSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect, test } from "vitest";
import { DigestCache } from "./digest-cache.ts";
import { sharedLibraries } from "./shared-libraries.ts";

const folder = mkdtempSync(path.join(tmpdir(), "tactus-libraries-"));
afterAll(() => rmSync(folder, { recursive: true }));

test.runIf(process.platform === "linux")(
  "a program's loader and libraries are found by reading it",
  async () => {
    const found = await sharedLibraries(process.execPath);
    const files = found.ok ? found.value : [];
    const names = files.map(({ imagePath }) => path.basename(imagePath));
    expect(names).toEqual(expect.arrayContaining(["libc.so.6", "libstdc++.so.6"]));
    expect(names[0]).toMatch(/^ld-linux/);
    for (const { hostPath } of files) expect(statSync(hostPath).isFile()).toBe(true);
    const folders = new Set(files.slice(1).map(({ imagePath }) => path.dirname(imagePath)));
    expect(folders.size).toBe(1);
  },
);

test.for(["", "#!/bin/sh\n", "\x7fELF\x02\x01", "\xfe\xed\xfa\xcf"])(
  "%j is not taken for a Linux program",
  async (text) => {
    const file = path.join(folder, "program");
    writeFileSync(file, text, "latin1");
    expect((await sharedLibraries(file)).ok).toBe(false);
  },
);

test("a digest is remembered until the file changes, and survives a broken cache", async () => {
  const file = path.join(folder, "input");
  const cache = path.join(folder, "cache", "digests.json");
  const digest = async () => {
    const digests = new DigestCache(cache);
    const value = await digests.digest(file);
    await digests.save();
    return value;
  };
  writeFileSync(file, "one");
  const first = await digest();
  expect(await digest()).toBe(first);
  writeFileSync(file, "two");
  utimesSync(file, 1, 1);
  const second = await digest();
  expect(second).not.toBe(first);
  writeFileSync(cache, "{broken");
  expect(await digest()).toBe(second);
});

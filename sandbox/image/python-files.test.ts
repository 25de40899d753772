import { existsSync, mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect, test } from "vitest";
import { pythonFiles } from "./python-files.ts";

const root = mkdtempSync(path.join(tmpdir(), "tactus-python-"));
afterAll(() => rmSync(root, { recursive: true }));

function put(file: string, content: string | Buffer = ""): void {
  mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
  writeFileSync(path.join(root, file), content);
}

async function placesIn(folder: string): Promise<string[]> {
  const found = await pythonFiles(folder);
  return found.ok ? found.value.entries.map((entry) => entry.path).sort() : [found.error];
}

test("only what the packages brought is taken, compiled where it was compiled from this very source", async () => {
  const library = "/usr/lib/python3.99";
  const listed = [
    `${library}/json/__init__.py`,
    `${library}/stale.py`,
    `${library}/test/support.py`,
    `${library}/idlelib/run.py`,
    `${library}/turtle.py`,
    `${library}/lib-dynload/_bz2.cpython-399-x86_64-linux-gnu.so`,
    `${library}/lib-dynload/_ssl.cpython-399-x86_64-linux-gnu.so`,
    "/usr/share/doc/python3.99/README.py",
  ];
  for (const file of listed) put(file, "pass\n");
  put(`${library}/added.py`);
  put("/usr/bin/python3.99");
  symlinkSync("python3.99", path.join(root, "usr/bin/python3"));
  put("/var/lib/dpkg/info/libpython3.99-stdlib:amd64.list", listed.join("\n"));
  put("/var/lib/dpkg/info/python3.9.list", `${library}/added.py`);
  const { mtimeMs, size } = statSync(path.join(root, library, "json/__init__.py"));
  const header = Buffer.alloc(16);
  header.writeUInt32LE(Math.floor(mtimeMs / 1000), 8);
  header.writeUInt32LE(size, 12);
  put(`${library}/json/__pycache__/__init__.cpython-399.pyc`, header);
  put(`${library}/__pycache__/stale.cpython-399.pyc`, Buffer.alloc(16));

  expect(await placesIn(root)).toEqual([
    `${library}/json/__init__.pyc`,
    `${library}/lib-dynload/_bz2.cpython-399-x86_64-linux-gnu.so`,
    `${library}/stale.py`,
  ]);
});

test("a machine without such a Python is told so", async () => {
  const other = mkdtempSync(path.join(root, "other-"));
  expect(await placesIn(other)).toEqual([expect.stringContaining("no Python of Debian")]);
  mkdirSync(path.join(other, "usr/bin"), { recursive: true });
  mkdirSync(path.join(other, "var/lib/dpkg/info"), { recursive: true });
  writeFileSync(path.join(other, "usr/bin/python3.99"), "");
  symlinkSync("python3.99", path.join(other, "usr/bin/python3"));
  expect(await placesIn(other)).toEqual([expect.stringContaining("does not come from Debian's packages")]);
});

test.runIf(existsSync("/var/lib/dpkg/info/python3-minimal.list"))(
  "the Python of this machine has its interpreter and what plugins use",
  async () => {
    const modules = (await placesIn("/")).map((place) => place.replace(/^.*?python3\.\d+\//, ""));
    for (const name of ["asyncio/runners", "dataclasses", "encodings/utf_8", "inspect", "json/decoder"]) {
      expect(modules.some((module) => module.replace(/\.pyc?$/, "") === name)).toBe(true);
    }
    expect(modules.filter((module) => /^(test|tkinter|idlelib)\//.test(module))).toEqual([]);
  },
);

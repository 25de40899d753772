import { test } from "vitest";
import { expectProgram, type ProgramCase } from "../testing/expect-program.ts";

const files = {
  answers: {
    "file.read": ({ path }: { path?: unknown }) => ({ text: `text of ${path}` }),
    "file.write": () => ({ bytes: 2 }),
    "file.status": ({ path }: { path?: unknown }) => ({ exists: path === "a.txt", bytes: 7 }),
  },
} as const;

const cases: readonly Omit<ProgramCase, "options">[] = [
  { name: "reading", body: "return File.read('./a/../b.txt')", result: "text of b.txt" },
  { name: "writing", body: "return File.write('a.txt', 'hi')", result: true },
  {
    name: "existence and size",
    body: "return {File.exists('a.txt'), File.exists('b.txt'), File.size('a.txt')}",
    result: [true, false, 7],
  },
  { name: "the size of a file that is not there", body: "File.size('b.txt')", fails: "file-not-found" },
  {
    name: "a path above the workspace",
    body: "File.read('a/../../b')",
    fails: /Path traversal detected: a\/\.\.\/\.\.\/b/,
  },
  { name: "an absolute path", body: "File.write('/etc/x', '')", fails: "file-denied" },
  { name: "a path of another system", body: "File.read('..\\\\x')", fails: "file-denied" },
  { name: "a drive", body: "File.read('C:/x')", fails: "file-denied" },
  { name: "no path", body: "File.read('')", fails: "file-not-found" },
];

test.for(cases)("$name", (program) => {
  expectProgram({ ...program, options: files });
});

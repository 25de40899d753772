import { describe, expect, test } from "vitest";
import type { Json, JsonObject } from "#common/json.ts";
import { RequestRefused } from "../../ports.ts";
import { expectProgram } from "../../testing/expect-program.ts";
import type { RunSourceOptions } from "../../testing/run-source.ts";
import { indentedJson } from "./indented-json.ts";

const pieceBytes = 1024;

/** Files in memory that answer as the workspace does, in small pieces. */
class Files {
  readonly contents = new Map<string, Buffer>();

  constructor(texts: Readonly<Record<string, string>> = {}) {
    for (const [path, text] of Object.entries(texts)) this.contents.set(path, Buffer.from(text));
  }

  readonly answers: NonNullable<RunSourceOptions["answers"]> = {
    "file.readBytes": ({ path, offset }) => {
      const bytes = this.#get(path);
      const piece = bytes.subarray(Number(offset), Number(offset) + pieceBytes);
      return { base64: piece.toString("base64"), size: bytes.length };
    },
    "file.writeBytes": ({ path, offset, base64, size }) => {
      const before = offset === 0 ? Buffer.alloc(0) : this.#get(path);
      const content = Buffer.concat([before, Buffer.from(String(base64), "base64")]);
      this.contents.set(String(path), content);
      return { bytes: content.length === size ? content.length : 0 };
    },
    "file.status": ({ path }) => {
      const bytes = this.contents.get(String(path));
      return { exists: bytes !== undefined, bytes: bytes?.length ?? 0 };
    },
    "file.list": ({ path }) => ({ entries: this.#entries(String(path).replace(/\/$/, "")) }),
  };

  text(path: string): string | undefined {
    return this.contents.get(path)?.toString();
  }

  #get(path: Json | undefined): Buffer {
    const bytes = this.contents.get(String(path));
    if (!bytes) throw new RequestRefused("file-not-found", `File not found: ${String(path)}`);
    return bytes;
  }

  #entries(folder: string): Json {
    const prefix = folder === "" ? "" : `${folder}/`;
    const names = new Map<string, boolean>();
    for (const path of this.contents.keys()) {
      if (!path.startsWith(prefix)) continue;
      const [name = "", ...rest] = path.slice(prefix.length).split("/");
      names.set(name, rest.length > 0);
    }
    if (names.size === 0) throw new RequestRefused("file-not-found", "No such folder.");
    return [...names].map(([name, directory]): JsonObject => ({ name, directory }));
  }
}

function run(
  body: string,
  expected: { result?: unknown; fails?: string | RegExp },
  files = new Files(),
): Files {
  expectProgram({ name: body, body, ...expected, options: { answers: files.answers } });
  return files;
}

describe("tactus.io.file and tactus.io.json", () => {
  test("texts of any length, read and written in pieces", () => {
    const files = run(
      "local file = require('tactus.io.file'); file.write('a/b.txt', ('é'):rep(3000)); return {#file.read('a/b.txt'), file.exists('a/b.txt'), file.exists('c.txt')}",
      { result: [6000, true, false] },
    );
    expect(files.text("a/b.txt")).toBe("é".repeat(3000));
  });

  test.for<[string, string, string | RegExp]>([
    ["a path above", "read('../x')", "file-denied"],
    ["an absolute path", "read('/etc/passwd')", "file-denied"],
    ["a missing file", "read('x')", "file-not-found"],
  ])("%s is refused", ([, call, fails]) => {
    run(`return require('tactus.io.file').${call}`, { fails });
  });

  test("a path that is refused does not exist", () => {
    run("return require('tactus.io.file').exists('../x')", { result: false });
  });

  test("values, with floats and indentation", () => {
    const files = run(
      `local json = require('tactus.io.json')
       json.write('v.json', {a = {1, 2.0}, b = {}, c = "x:{"})
       local v = json.read('v.json')
       return {v.a[1], tostring(v.a[2]), json.encode({x = 1}), json.decode('{"y": [null, 2]}').y[2]}`,
      { result: [1, "2.0", '{"x": 1}', 2] },
    );
    expect(files.text("v.json")).toBe('{\n  "a": [\n    1,\n    2.0\n  ],\n  "b": {},\n  "c": "x:{"\n}');
  });

  test("text that is no JSON", () => {
    run("require('tactus.io.json').decode('{')", { fails: /Failed to decode JSON/ });
  });

  test.for<[string, string]>([
    ["[]", "[]"],
    ["[[],{}]", "[\n [],\n {}\n]"],
    ['{"a": "\\"},["}', '{\n "a": "\\"},["\n}'],
    ["-1.5e3", "-1.5e3"],
  ])("indents %s", ([text, expected]) => {
    expect(indentedJson(text, 1)).toBe(expected);
  });
});

describe("tables", () => {
  test("CSV and TSV", () => {
    const files = run(
      `local csv, tsv = require('tactus.io.csv'), require('tactus.io.tsv')
       local rows = csv.read('in.csv')
       tsv.write('out.tsv', rows, {headers = {"name", "age"}})
       return {#rows, rows[1].name, rows[2].age, tsv.read('out.tsv')[2].name}`,
      { result: [2, "Ann", "7", "Bob"] },
      new Files({ "in.csv": "age,name\n5,Ann\n7,Bob\n" }),
    );
    expect(files.text("out.tsv")).toBe("name\tage\r\nAnn\t5\r\nBob\t7\r\n");
  });

  test("Excel, Parquet and HDF5", () => {
    run(
      `local excel, parquet, hdf5 = require('tactus.io.excel'), require('tactus.io.parquet'), require('tactus.io.hdf5')
       local rows = {{n = 1, s = "a"}, {n = 2, s = "b"}}
       excel.write('t.xlsx', rows, {sheet = "Data"})
       parquet.write('t.parquet', excel.read('t.xlsx', {sheet = "Data"}))
       local back = parquet.read('t.parquet')
       hdf5.write('t.h5', 'g/n', {back[1].n, back[2].n})
       hdf5.write('t.h5', 's', {back[1].s, back[2].s})
       return {excel.sheets('t.xlsx'), hdf5.list('t.h5'), hdf5.read('t.h5', 'g/n'), hdf5.read('t.h5', 's')}`,
      { result: [["Data"], ["g/n", "s"], [1, 2], ["a", "b"]] },
    );
  });

  test.for<[string, string, string | RegExp]>([
    ["no rows", "require('tactus.io.csv').write('x.csv', {})", /Cannot write empty data to CSV/],
    ["a file of another kind", "require('tactus.io.parquet').read('x.txt')", "file-unreadable"],
    ["a missing file", "require('tactus.io.excel').read('none.xlsx')", "file-not-found"],
    [
      "rows that hold functions",
      "require('tactus.io.csv').write('x.csv', {{a = print}})",
      /can't be written as JSON/,
    ],
  ])("%s", ([, body, fails]) => {
    run(body, { fails }, new Files({ "x.txt": "hello" }));
  });
});

describe("tactus.io.fs", () => {
  const files = new Files({
    "b.md": "",
    "a.txt": "",
    "notes/c.md": "",
    "notes/deep/d.md": "",
    "notes/.hidden.md": "",
  });

  test.for<[string, readonly string[]]>([
    ["list_dir('.')", ["a.txt", "b.md"]],
    ["list_dir('notes', {dirs_only = true})", ["notes/deep"]],
    ["list_dir('notes', {files_only = false})", ["notes/.hidden.md", "notes/c.md", "notes/deep"]],
    ["glob('*.md')", ["b.md"]],
    ["glob('notes/*.md')", ["notes/c.md"]],
    ["glob('**/*.md')", ["notes/c.md"]],
    ["glob('**/*.md', {recursive = true})", ["b.md", "notes/c.md", "notes/deep/d.md"]],
    ["glob('notes/c.md')", ["notes/c.md"]],
    ["glob('none/*.md')", []],
  ])("%s", ([call, paths]) => {
    run(
      `return {paths = require('tactus.io.fs').${call}}`,
      { result: { paths: paths.length === 0 ? {} : paths } },
      files,
    );
  });

  test.for(["list_dir('..')", "glob('../*')", "glob('/etc/*')"])("%s is refused", (call) => {
    run(`return require('tactus.io.fs').${call}`, { fails: "file-denied" }, files);
  });
});

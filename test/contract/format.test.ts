import { chmodSync, globSync, readFileSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { defaultFormatOptions } from "#language/format/format-options.ts";
import { formatSource } from "#language/format/format-source.ts";
import { sameMeaning } from "#language/format/same-meaning.ts";
import { parseSource } from "#language/syntax/parse-source.ts";
import { openDesk } from "./studio.ts";

const messy = "x=1 -- one\nProcedure{function() return{value=x} end}";
const tidy = "x = 1  -- one\nProcedure {function() return {value = x} end}\n";
const files = {
  "messy.tac": messy,
  "tidy.tac": tidy,
  "messy.tac.yml": "sandbox:   {}\n",
  ".gitignore": "ignored/\n",
  "ignored/messy.tac": messy,
  "deep/damaged.tac": "x=1\ny = = 2\nz=3\n",
};

const read = (folder: string, file: string): string => readFileSync(path.join(folder, file), "utf8");

test("format writes what it changes and names it; a second time there is nothing to do", async () => {
  using desk = openDesk(files);
  const first = await desk.studio(["format"]);
  expect(first).toMatchObject({ code: 0, stdout: "deep/damaged.tac\nmessy.tac\n" });
  expect(first.stderr).toContain("3 files: 2 formatted");
  expect(read(desk.folder, "messy.tac")).toBe(tidy);
  expect(read(desk.folder, "ignored/messy.tac")).toBe(messy);
  expect(read(desk.folder, "messy.tac.yml")).toBe(files["messy.tac.yml"]);
  const second = await desk.studio(["format"]);
  expect(second).toMatchObject({ code: 0, stdout: "" });
  expect(second.stderr).toContain("3 files: nothing to format");
});

test("format --check lists what would change, writes nothing, and exits with 1", async () => {
  using desk = openDesk(files);
  const outcome = await desk.studio(["format", "--check"]);
  expect(outcome).toMatchObject({ code: 1, stdout: "deep/damaged.tac\nmessy.tac\n" });
  expect(outcome.stderr).toContain("3 files: 2 would change");
  expect(read(desk.folder, "messy.tac")).toBe(messy);
  expect(await desk.studio(["format", "--check", "tidy.tac"])).toMatchObject({ code: 0, stdout: "" });
});

test("a statement with errors stays as it is, and is mentioned", async () => {
  using desk = openDesk(files);
  const { stderr, code } = await desk.studio(["format", "deep/damaged.tac"]);
  expect(code).toBe(0);
  expect(stderr).toContain("deep/damaged.tac: one statement has errors and stays as it is");
  expect(read(desk.folder, "deep/damaged.tac")).toBe("x = 1\ny = = 2\nz = 3\n");
});

test("format --stdin is a filter", async () => {
  using desk = openDesk({});
  const filter = async (args: readonly string[], input: string) => {
    const running = desk.start(["format", "--stdin", ...args]);
    running.process.stdin?.end(input);
    return running.outcome;
  };
  expect(await filter([], messy)).toEqual({ code: 0, stdout: tidy, stderr: "" });
  expect(await filter([], "")).toEqual({ code: 0, stdout: "", stderr: "" });
  expect(await filter(["--check"], messy)).toMatchObject({ code: 1, stdout: "" });
  expect(await filter(["--check"], tidy)).toMatchObject({ code: 0, stdout: "" });
  expect(await filter(["a.tac"], messy)).toMatchObject({ code: 2 });
});

test.for([
  ["a file that is not there", ["nowhere.tac"], "nowhere.tac does not exist"],
  ["a file of another kind", ["messy.tac.yml"], "messy.tac.yml is no .tac file"],
  ["an unknown option", ["--fix"], "--fix"],
] as const)("%s is wrong usage", async ([, args, message]) => {
  using desk = openDesk(files);
  const { code, stderr } = await desk.studio(["format", ...args]);
  expect(code).toBe(2);
  expect(stderr).toContain(message);
});

test("a file keeps its mode, and a text that is not UTF-8 is refused untouched", async () => {
  using desk = openDesk(files);
  const file = path.join(desk.folder, "messy.tac");
  chmodSync(file, 0o755);
  await desk.studio(["format", "messy.tac"]);
  expect(statSync(file).mode & 0o777).toBe(0o755);
  const bytes = Buffer.from([0x78, 0x3d, 0xff]);
  writeFileSync(file, bytes);
  expect((await desk.studio(["format", "messy.tac"])).code).toBe(2);
  expect(readFileSync(file)).toEqual(bytes);
});

const repository = path.resolve(import.meta.dirname, "../..");
const procedures = globSync(["examples/**/*.tac", "test/**/*.tac"], { cwd: repository });

test.for(procedures)("%s keeps its meaning, once and for all", (file) => {
  const tree = parseSource(read(repository, file));
  const formatted = formatSource(tree, defaultFormatOptions);
  const again = parseSource(formatted);
  expect(sameMeaning(tree, again)).toBe(true);
  expect(formatSource(again, defaultFormatOptions)).toBe(formatted);
});

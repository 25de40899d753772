import { readdirSync, readFileSync } from "node:fs";
import { isBuiltin } from "node:module";
import path from "node:path";
import type { Metafile } from "esbuild";
import { expect, test } from "vitest";

/** What may stand in the bundle that goes into the sandbox: folders of ours, and packages. */
const allowedFolders = ["runtime", "lua", "mcp", "protocol", "vocabulary", "common"];
const allowedPackages: Readonly<Record<string, readonly string[]>> = {
  runtime: ["@cfworker", "@huggingface", "wasmoon", "zod"],
  worker: ["@cfworker", "@huggingface", "wasmoon", "zod"],
  mcp: [
    "@modelcontextprotocol",
    "content-type",
    "eventsource-parser",
    "pkce-challenge",
    "zod",
    "zod-to-json-schema",
  ],
  formats: [
    "csv-parse",
    "csv-stringify",
    "fflate",
    "h5wasm",
    "hyparquet",
    "hyparquet-writer",
    "picomatch",
    "read-excel-file",
    "saxen",
    "write-excel-file",
  ],
};

const root = path.resolve(import.meta.dirname, "../..");

function readMetafile(entry: string): Metafile {
  return JSON.parse(readFileSync(path.join(root, `dist/${entry}.metafile.json`), "utf8"));
}

function bundledInputs(entry: string): string[] {
  return Object.keys(readMetafile(entry).inputs);
}

test.for(Object.entries(allowedPackages))(
  "the bundle %s of the sandbox holds no host code",
  ([entry, packages]) => {
    const strangers = bundledInputs(entry).filter((input) => {
      // What the build leaves out stands in the list as an empty module, Node's own as one line.
      if (input.startsWith("left-out:") || input.startsWith("builtin-module:node:")) return false;
      const [, packageName] = /(?:^|\/)node_modules\/([^/]+)/.exec(input) ?? [];
      if (packageName !== undefined) return !packages.includes(packageName);
      return !allowedFolders.includes(input.split("/")[0] ?? "");
    });
    expect(strangers).toEqual([]);
  },
);

test("the worker of a run that nobody debugs loads nothing of the debugger", () => {
  const { outputs } = readMetafile("worker");
  const loaded = (file: string): string[] => {
    const { inputs = {}, imports = [] } = outputs[file] ?? {};
    const pieces = imports.filter(({ kind, external }) => kind === "import-statement" && !external);
    return [...Object.keys(inputs), ...pieces.flatMap(({ path: piece }) => loaded(piece))];
  };
  const isDebugger = (input: string): boolean => /^(runtime\/debugging|lua\/wasm\/inspection)\//.test(input);
  expect(loaded("dist/runtime/worker.mjs")).toContain("runtime/worker.ts");
  expect(loaded("dist/runtime/worker.mjs").filter(isDebugger)).toEqual([]);
  expect(bundledInputs("worker").some(isDebugger)).toBe(true);
});

test("the same check notices host code where it belongs", () => {
  expect(bundledInputs("cli").some((input) => input.startsWith("broker/"))).toBe(true);
});

test.for([
  { entry: "browserLanguageServer", outside: [] },
  { entry: "browserExtension", outside: ["vscode"] },
])("$entry runs where there is no Node", ({ entry, outside }) => {
  const { outputs, inputs } = readMetafile(entry);
  const imports = Object.values(outputs).flatMap((output) => output.imports.map((imported) => imported.path));
  expect([...new Set(imports)]).toEqual(outside);
  expect(Object.keys(inputs).filter((input) => isBuiltin(input) || input.includes("/node/"))).toEqual([]);
});

test.for([
  { entry: "reportPage", folders: ["common", "protocol", "runs/tree", "web"] },
  { entry: "reportEditor", folders: ["language", "protocol", "web"] },
])("$entry of the page of reports is made of code for browsers", ({ entry, folders }) => {
  const own = bundledInputs(entry).filter((input) => !/node_modules\/|^left-out/.test(input));
  expect([...new Set(own.map(folderOf))].sort()).toEqual(folders);
  const imports = Object.values(readMetafile(entry).outputs).flatMap((output) => output.imports);
  expect(imports.filter(({ external }) => external)).toEqual([]);
});

/** Of runs, the page sees the tree alone. */
function folderOf(input: string): string {
  return /^(runs\/)?[^/]+/.exec(input)?.[0] ?? input;
}

test("Monaco is in the page of reports and nowhere else", () => {
  const entries = readdirSync(path.join(root, "dist"))
    .filter((name) => name.endsWith(".metafile.json"))
    .map((name) => name.replace(".metafile.json", ""));
  const holding = entries.filter((entry) =>
    bundledInputs(entry).some((input) => /codingame|monaco/.test(input)),
  );
  expect(holding).toEqual(["reportEditor"]);
});

test("the same check notices Node where it belongs", () => {
  const { outputs } = readMetafile("languageServer");
  expect(
    Object.values(outputs).some((output) => output.imports.some(({ path: name }) => isBuiltin(name))),
  ).toBe(true);
});

import { execFileSync } from "node:child_process";
import { statSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";

const root = path.resolve(import.meta.dirname, "../..");

/** Everything that people get. A new line here is a decision, not an accident. */
const shipped = [
  "CHANGELOG.md",
  "LICENSE",
  "README.md",
  "dist/extension/browser.cjs",
  "dist/extension/extension.cjs",
  "dist/language-server/browser.js",
  "dist/language-server/declaration-worker.cjs",
  "dist/language-server/main.cjs",
  "dist/language-server/server.cjs",
  "dist/runtime/chunk-*.mjs",
  "dist/runtime/csv-*.mjs",
  "dist/runtime/excel-*.mjs",
  "dist/runtime/formats.mjs",
  "dist/runtime/globs-*.mjs",
  "dist/runtime/hdf5-*.mjs",
  "dist/runtime/lua.wasm",
  "dist/runtime/main.mjs",
  "dist/runtime/mcp.mjs",
  "dist/runtime/parquet-*.mjs",
  "dist/runtime/plugins/__main__.py",
  ...["__init__", "docstrings", "failures", "host", "json_values", "modules", "shapes", "tools"].map(
    (name) => `dist/runtime/plugins/tactus_plugin_host/${name}.py`,
  ),
  "dist/runtime/run-debugging-*.mjs",
  "dist/runtime/self-test.mjs",
  "dist/runtime/worker.mjs",
  "dist/web/report.html",
  "language-configuration.json",
  "media/tac-file-dark.svg",
  "media/tac-file-light.svg",
  "media/tactus.svg",
  "package.json",
  "schemas/config.schema.json",
  "schemas/sidecar.schema.json",
  "syntaxes/tactus.tmLanguage.json",
];

test("the package has the listed files and no others", () => {
  const listed = execFileSync("vsce", ["ls", "--no-dependencies"], { cwd: root, encoding: "utf8" });
  const names = listed.split("\n").filter(Boolean).map(withoutHash);
  expect([...new Set(names)].sort()).toEqual(shipped);
});

/** Parts of a bundle that are loaded when they are needed carry a hash of their content. */
function withoutHash(file: string): string {
  return file.replace(/-[A-Z0-9]{8}\.mjs$/, "-*.mjs");
}

test("the bundles are small enough to load fast", () => {
  const bytes = statSync(path.join(root, "dist/extension/extension.cjs")).size;
  expect(bytes).toBeLessThan(3.5 * 1024 * 1024);
});

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
  "dist/runtime/lua.wasm",
  "dist/runtime/main.mjs",
  "dist/runtime/plugins/__main__.py",
  ...["__init__", "docstrings", "failures", "host", "json_values", "modules", "shapes", "tools"].map(
    (name) => `dist/runtime/plugins/tactus_plugin_host/${name}.py`,
  ),
  "dist/runtime/worker.mjs",
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
  expect(listed.split("\n").filter(Boolean).sort()).toEqual(shipped);
});

test("the bundles are small enough to load fast", () => {
  const bytes = statSync(path.join(root, "dist/extension/extension.cjs")).size;
  expect(bytes).toBeLessThan(3.5 * 1024 * 1024);
});

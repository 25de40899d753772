import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";

/** What may stand in the bundle that goes into the sandbox: folders of ours, and packages. */
const allowedFolders = ["runtime", "lua", "protocol", "vocabulary", "common"];
const allowedPackages = ["wasmoon", "zod"];

const root = path.resolve(import.meta.dirname, "../..");

function bundledInputs(entry: string): string[] {
  const metafile: { inputs: Record<string, unknown> } = JSON.parse(
    readFileSync(path.join(root, `dist/${entry}.metafile.json`), "utf8"),
  );
  return Object.keys(metafile.inputs);
}

test("the sandbox bundle holds no host code", () => {
  const strangers = bundledInputs("runtime").filter((input) => {
    // What the build leaves out stands in the list as an empty module.
    if (input.startsWith("left-out:")) return false;
    const [first = "", second = ""] = input.split("/");
    return first === "node_modules" ? !allowedPackages.includes(second) : !allowedFolders.includes(first);
  });
  expect(strangers).toEqual([]);
});

test("the same check notices host code where it belongs", () => {
  expect(bundledInputs("cli").some((input) => input.startsWith("broker/"))).toBe(true);
});

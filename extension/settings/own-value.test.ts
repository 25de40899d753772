import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { ownValue } from "./own-value.ts";

test.for<[string, Parameters<typeof ownValue>[0], unknown]>([
  ["the person's value counts", { defaultValue: "a", globalValue: "b" }, "b"],
  ["a folder's does not", { defaultValue: "a", workspaceValue: "evil", workspaceFolderValue: "evil" }, "a"],
  ["nor over the person's", { globalValue: "b", workspaceValue: "evil", workspaceFolderValue: "evil" }, "b"],
  ["an unknown setting has none", undefined, undefined],
])("%s", ([, setting, expected]) => {
  expect(ownValue(setting)).toBe(expected);
});

const folder = path.resolve(import.meta.dirname, "../..");

test("every setting that is read by its own value is declared for the machine alone, and restricted", () => {
  const { contributes, capabilities } = JSON.parse(readFileSync(path.join(folder, "package.json"), "utf8"));
  const source = readFileSync(path.join(import.meta.dirname, "settings.ts"), "utf8");
  const read = [...source.matchAll(/own\("(\w+)"\)/g)].map(([, name]) => `tactus.${name}`);
  expect(read.length).toBeGreaterThan(0);
  const properties: Readonly<Record<string, { readonly scope: string }>> =
    contributes.configuration.properties;
  const machine = Object.entries(properties).filter(([, { scope }]) => scope === "machine");
  expect(machine.map(([name]) => name).toSorted()).toEqual(read.toSorted());
  expect(capabilities.untrustedWorkspaces.restrictedConfigurations.toSorted()).toEqual(read.toSorted());
});

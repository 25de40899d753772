import { expect, test } from "vitest";
import { type RunCircumstances, runRequest } from "./run-request.ts";

const usual: RunCircumstances = {
  file: "/work/sub/a.tac",
  folder: "/work",
  trusted: true,
  settings: { isolation: undefined, workspace: undefined },
  input: {},
};

test.for([
  ["the config decides what is not set", {}, { workspaceRoot: "/work", grantAll: false }],
  [
    "a file outside of any folder has its own as the root",
    { folder: undefined },
    { workspaceRoot: "/work/sub" },
  ],
  [
    "settings are passed on",
    { settings: { isolation: "embedded", workspace: "mount" } },
    { isolation: "embedded", workspace: "mount" },
  ],
  ["grants count in a trusted folder", {}, { folderTrust: "trusted" }],
  [
    "an untrusted folder is restricted and gets no grant",
    { trusted: false },
    { folderTrust: "restricted", grantAll: false },
  ],
] as ReadonlyArray<readonly [string, Partial<RunCircumstances>, object]>)("%s", ([, more, expected]) => {
  expect(runRequest({ ...usual, ...more })).toMatchObject(expected);
});

test("what is not set is absent, so that the config is asked", () => {
  expect(runRequest(usual)).not.toHaveProperty("isolation");
  expect(runRequest(usual)).not.toHaveProperty("workspace");
});

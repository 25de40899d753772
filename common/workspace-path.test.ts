import { expect, test } from "vitest";
import { workspacePath } from "./workspace-path.ts";

test.for<[string, string, string | undefined]>([
  ["", "notes.md", "notes.md"],
  ["", "./a//b/../notes.md", "a/notes.md"],
  ["flows", "data.csv", "flows/data.csv"],
  ["flows", "../data.csv", "data.csv"],
  ["flows", "a\\b.csv", "flows/a/b.csv"],
  ["flows", ".", "flows"],
  ["", "", ""],
  ["flows", "../../data.csv", undefined],
  ["", "/etc/passwd", undefined],
  ["", "C:\\data", undefined],
])("%s and %s", ([folder, path, expected]) => {
  expect(workspacePath(folder, path)).toBe(expected);
});

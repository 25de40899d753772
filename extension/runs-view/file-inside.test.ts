import { expect, test } from "vitest";
import { fileInside } from "./file-inside.ts";

test.for([
  ["desk.tac", "/work/desk.tac"],
  ["sub/./desk.tac", "/work/sub/desk.tac"],
  ["../desk.tac", undefined],
  ["sub/../../desk.tac", undefined],
  ["/etc/desk.tac", undefined],
  ["/work/desk.tac", "/work/desk.tac"],
  [".env", undefined],
  ["", undefined],
] as const)("%s → %s", ([file, found]) => {
  expect(fileInside("/work", file)).toBe(found);
});

import path from "node:path";
import { expect, test } from "vitest";
import { searchedFolders } from "./find-node.ts";

test("a program of the folder that is worked in is never found by the search path", () => {
  const folders = [
    "",
    ".",
    "node_modules/.bin",
    "/work",
    "/work/bin",
    "/work-tools/bin",
    "/usr/bin",
    "/work/../opt",
  ];
  const searched = searchedFolders(folders.join(path.delimiter), "/work", "/home/ada");
  expect(searched).toEqual(["/work-tools/bin", "/usr/bin", "/work/../opt"]);
});

test("in a home folder the person's own programs are found", () => {
  for (const workFolder of ["/home/ada", "/"])
    expect(searchedFolders("/home/ada/.node/bin", workFolder, "/home/ada")).toEqual(["/home/ada/.node/bin"]);
});

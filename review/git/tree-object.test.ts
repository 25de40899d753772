import { expect, test } from "vitest";
import { parseTreeObject } from "./tree-object.ts";

const id = "ab".repeat(20);

function entry(mode: string, name: string | Buffer): Buffer {
  return Buffer.concat([
    Buffer.from(`${mode} `),
    Buffer.from(name),
    Buffer.from([0]),
    Buffer.from(id, "hex"),
  ]);
}

function paths(...entries: Buffer[]): readonly string[] | undefined {
  const parsed = parseTreeObject(Buffer.concat(entries), { idBytes: 20, folder: "in/" });
  return parsed?.map(({ path, kind }) => `${kind} ${path}`);
}

test.for<[string, string | Buffer, string]>([
  ["an ordinary name", "a b.tac", "in/a b.tac"],
  ["letters of any language", "täglich.tac", "in/täglich.tac"],
  ["a slash within a name", "a/../../b", "in/a\\x2f..\\x2f..\\x2fb"],
  ["a backslash", "a\\x2fb", "in/a\\x5cx2fb"],
  ["the folder above", "..", "in/\\x2e\\x2e"],
  ["the folder itself", ".", "in/\\x2e"],
  ["no name at all", "", "in/\\x"],
  ["bytes that are no UTF-8", Buffer.from([0x61, 0xff, 0x2f]), "in/a\\xff\\x2f"],
])("%s leads nowhere else", ([, name, expected]) => {
  expect(paths(entry("100644", name))).toEqual([`file ${expected}`]);
});

test("kinds are told by their modes", () => {
  const modes = ["40000", "100644", "100755", "120000", "160000", "100664"];
  expect(paths(...modes.map((mode) => entry(mode, mode)))).toEqual([
    "folder in/40000",
    "file in/100644",
    "executable in/100755",
    "link in/120000",
    "submodule in/160000",
    "file in/100664",
  ]);
});

test.for<[string, Buffer]>([
  ["one name twice", Buffer.concat([entry("100644", "a"), entry("40000", "a")])],
  ["an id that is cut", entry("100644", "a").subarray(0, -1)],
  ["no end of a name", Buffer.from("100644 a")],
  ["a mode that is none", entry("9", "a")],
  ["a blob", Buffer.from("just text\n")],
])("%s is no tree", ([, content]) => {
  expect(parseTreeObject(content, { idBytes: 20, folder: "" })).toBeUndefined();
});

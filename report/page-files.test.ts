import { randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import type { PageFile } from "#protocol/page/page-data.ts";
import { filesThatFit, textOf } from "./page-files.ts";

function file(path: string, after: string): PageFile {
  return { path, status: "added", after };
}

test("the first files keep their texts; one that does not fit any more says so, smaller ones behind it still do", () => {
  const noise = randomBytes(300_000).toString("hex");
  const shown = filesThatFit([...["a", "b", "c", "d"].map((name) => file(name, noise)), file("e", "short")]);
  expect(shown.map(({ path, leftOut }) => [path, leftOut])).toEqual([
    ["a", undefined],
    ["b", undefined],
    ["c", undefined],
    ["d", "There was no room for it in this report."],
    ["e", undefined],
  ]);
  expect(shown[3]).not.toHaveProperty("after");
});

test("a text that nobody would read is left out, however well it packs", () => {
  expect(filesThatFit([file("a", "x".repeat(3 << 20))])[0]?.leftOut).toBeDefined();
});

test("bytes that are no text are told by their number", () => {
  expect(textOf(Buffer.from("ä"))).toEqual({ text: "ä" });
  expect(textOf(Uint8Array.of(0xff, 0xfe, 0x00))).toEqual({ leftOut: "3 bytes that are no text." });
});

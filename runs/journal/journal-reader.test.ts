import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { readJournal } from "#runs/journal/journal-reader.ts";
import { JournalWriter } from "#runs/journal/journal-writer.ts";

let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "tactus-reader-"));
  file = path.join(folder, "events.jsonl");
  const writer = new JournalWriter(folder);
  for (const message of ["one", "two", "three", "four"])
    writer.append({ type: "log", level: "info", message });
  writer.close();
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Puts something else in the place of the third line. */
function spoil(change: (line: string) => string | Buffer): void {
  const lines = readFileSync(file, "utf8").split(/(?<=\n)/);
  writeFileSync(
    file,
    Buffer.concat(lines.map((line, index) => Buffer.from(index === 2 ? change(line) : line))),
  );
}

const replaced = (pattern: RegExp, by: string) => (line: string) => line.replace(pattern, by);

test.for<[string, (line: string) => string | Buffer, number]>([
  ["missing", () => "", 3],
  ["empty", () => "\n", 3],
  ["doubled", (line) => line + line, 4],
  ["cut short", (line) => `${line.slice(0, 20)}\n`, 3],
  ["joined with the next", (line) => line.trimEnd(), 3],
  ["overwritten with zeros", (line) => `${"\0".repeat(line.length)}\n`, 3],
  ["of bytes that are no text", (line) => Buffer.from(line.replace("three", "\xff"), "latin1"), 3],
  ["another value", (line) => `[${line.trimEnd()}]\n`, 3],
  ["renumbered", replaced(/"seq":\d+/, '"seq":9'), 3],
  ["without a date", replaced(/"time":"[^"]+"/, '"time":"x"'), 3],
  ["of a type that only a later version knows", replaced(/"type":"log"/, '"type":"log.translated"'), 3],
  ["an event with wrong fields", replaced(/"level":"info"/, '"level":7'), 3],
])("a line that is %s is damage, at its place", async ([, change, line]) => {
  spoil(change);
  expect(await readJournal(folder)).toMatchObject({ damagedLine: line });
});

test("what is written is no damage, nor is a last line that was cut", async () => {
  expect(await readJournal(folder)).toMatchObject({ damagedLine: undefined, unreadableLines: 0 });
  const written = readFileSync(file);
  writeFileSync(file, written.subarray(0, written.length - 5));
  const { damagedLine, unreadableLines, events } = await readJournal(folder);
  expect({ damagedLine, unreadableLines, events: events.length }).toEqual({
    damagedLine: undefined,
    unreadableLines: 1,
    events: 3,
  });
});

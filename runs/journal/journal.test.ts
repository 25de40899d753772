import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { RunEvent } from "#protocol/events/events.ts";
import { createRunFolder } from "#runs/journal/journal-folder.ts";
import { readEnds, readJournal } from "#runs/journal/journal-reader.ts";
import { type JournalProblem, JournalWriter } from "#runs/journal/journal-writer.ts";
import { releaseRun } from "#runs/journal/run-claim.ts";
import { isRunId, newRunId } from "#runs/journal/run-id.ts";
import { listRuns } from "#runs/journal/run-list.ts";

let root: string;

beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), "tactus-journal-"));
});

afterEach(() => rmSync(root, { recursive: true }));

async function newFolder(run = newRunId()): Promise<string> {
  const folder = await createRunFolder(root, run);
  if (!folder.ok) throw new Error(folder.error);
  return folder.value;
}

const log = (message: string) => ({ type: "log", level: "info", message }) as const;
const end = {
  type: "run.finished",
  status: "completed",
  durationMs: 1,
  usage: { inputTokens: 0, outputTokens: 0, totalTokens: 0 },
} as const;

test("ids sort by time and are the only folder names that count", () => {
  const earlier = newRunId(new Date("2026-11-23T21:45:00Z"));
  expect(earlier).toMatch(/^20261123-214500-[0-9a-f]{6}$/);
  expect(earlier < newRunId(new Date("2026-11-23T21:45:01Z"))).toBe(true);
  expect([earlier, "../x", "20261123-214500-ABCDEF", ""].map(isRunId)).toEqual([true, false, false, false]);
});

test("an event can be read from the file as soon as it is appended", async () => {
  const folder = await newFolder();
  const writer = new JournalWriter(folder);
  writer.append(log("one\ntwo"));
  const [line] = readFileSync(path.join(folder, "events.jsonl"), "utf8").split("\n");
  expect(JSON.parse(line ?? "")).toMatchObject({ seq: 1, message: "one\ntwo" });
  writer.close();
});

test("who comes late sees everything from the start, once", async () => {
  const writer = new JournalWriter(await newFolder());
  writer.append(log("one"));
  const seen: RunEvent[] = [];
  const stop = writer.onEvent((event) => seen.push(event));
  writer.append(log("two"));
  stop();
  writer.append(log("three"));
  expect(seen.map(({ seq }) => seq)).toEqual([1, 2]);
  writer.close();
});

test("beyond its limit a journal takes only the end", async () => {
  const folder = await newFolder();
  const writer = new JournalWriter(folder, 1000);
  const problems: JournalProblem[] = [];
  writer.onProblem = (problem) => problems.push(problem);
  writer.append(log("x".repeat(800)));
  writer.append(log("y".repeat(800)));
  writer.append(end);
  writer.close();
  expect(problems).toEqual(["full"]);
  const { events } = await readJournal(folder);
  expect(events.map(({ seq, type }) => [seq, type])).toEqual([
    [1, "log"],
    [2, "run.finished"],
  ]);
});

test("after its end nothing is written", async () => {
  const folder = await newFolder();
  const writer = new JournalWriter(folder);
  writer.append(end);
  writer.close();
  writer.append(log("late"));
  expect((await readJournal(folder)).events).toHaveLength(1);
});

test("the first event and the last that ended a part are found without the rest", async () => {
  const folder = await newFolder();
  const writer = new JournalWriter(folder);
  for (let index = 1; index <= 50; index++) writer.append(log(`${index}`));
  writer.append(end);
  writer.append({ type: "human.responded", request: "q1", value: true, by: "person" });
  writer.close();
  expect(await readEnds(folder)).toMatchObject({ first: { message: "1" }, last: { seq: 51 } });
});

test("a run is running while its owner lives, then interrupted", async () => {
  const folder = await newFolder();
  const writer = new JournalWriter(folder);
  writer.append(log("begun"));
  writer.close();
  expect(await listRuns(root)).toMatchObject([{ status: "running" }]);
  releaseRun(folder);
  expect(await listRuns(root)).toMatchObject([{ status: "interrupted" }]);
});

test("a folder that leads the journal elsewhere is refused", async () => {
  mkdirSync(path.join(root, "elsewhere"));
  symlinkSync(path.join(root, "elsewhere"), path.join(root, ".tactus"));
  expect(await createRunFolder(root, newRunId())).toMatchObject({ ok: false });
});

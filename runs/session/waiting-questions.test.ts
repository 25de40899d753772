import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { noUsage, type RunEventBody } from "#protocol/events/events.ts";
import { runFolder } from "#runs/journal/journal-folder.ts";
import { readJournal } from "#runs/journal/journal-reader.ts";
import { sealJournal } from "#runs/journal/journal-seal.ts";
import { JournalWriter } from "#runs/journal/journal-writer.ts";
import { unansweredQuestions } from "#runs/journal/open-questions.ts";
import { claimRun, releaseRun } from "#runs/journal/run-claim.ts";
import { newRunId } from "#runs/journal/run-id.ts";
import { endWhileAsking, failedEnd } from "#runs/session/run-outcome.ts";
import { storeAnswer, waitingQuestions } from "#runs/session/waiting-questions.ts";

let root: string;

beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), "tactus-waiting-"));
  vi.stubEnv("XDG_DATA_HOME", path.join(root, "data"));
  writeFileSync(path.join(root, "note.txt"), "hello");
});

afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(root, { recursive: true });
});

const started: RunEventBody = {
  type: "run.started",
  run: "r",
  file: "a.tac",
  procedure: "main",
  input: {},
  isolation: "embedded",
  manifest: "",
  ungranted: [],
  resumed: false,
};
const asked: RunEventBody = {
  type: "human.requested",
  request: "q1",
  kind: "upload",
  message: "Which file?",
  details: { accept: [".txt"] },
  at: { file: "a.tac", line: 2 },
};
const answered: RunEventBody = { type: "human.responded", request: "q1", value: true, by: "person" };
const ended = (status: "waiting" | "completed"): RunEventBody => ({
  type: "run.finished",
  status,
  durationMs: 1,
  usage: noUsage,
});

async function journalOf(...events: readonly RunEventBody[]): Promise<string> {
  const run = newRunId();
  const folder = runFolder(root, run);
  mkdirSync(folder, { recursive: true });
  const journal = new JournalWriter(folder);
  for (const event of events) journal.append(event);
  journal.close();
  await sealJournal(root, run);
  return run;
}

describe("what is listed", () => {
  test.for<[string, readonly RunEventBody[], number]>([
    ["a run that waits", [started, asked, ended("waiting")], 1],
    ["a run that was killed while it asked", [started, asked], 1],
    ["a run that was answered", [started, asked, ended("waiting"), answered], 0],
    ["a run that completed", [started, asked, answered, ended("completed")], 0],
    ["a question of a kind that nobody knows", [started, { ...asked, kind: "riddle" }, ended("waiting")], 0],
    ["a journal that begins with something else", [asked], 0],
  ])("%s", async ([, events, count]) => {
    await journalOf(...events);
    expect(await waitingQuestions(root)).toHaveLength(count);
  });

  test("a question has what its screen needs, and its answer is settled as the run would", async () => {
    const run = await journalOf(started, asked, ended("waiting"));
    const [open] = await waitingQuestions(root);
    if (!open) throw new Error("not listed");
    expect(open).toMatchObject({ run, file: "a.tac", question: { id: "q1", details: { accept: [".txt"] } } });
    expect(await open.settle(open.question, "note.txt")).toMatchObject({ ok: true, value: { size: 5 } });
    expect(await open.settle(open.question, "../note.txt")).toMatchObject({ ok: false });
  });
});

describe("an answer", () => {
  test("stands in the journal behind everything else, once", async () => {
    const run = await journalOf(started, asked, ended("waiting"));
    const [open] = await waitingQuestions(root);
    if (!open) throw new Error("not listed");
    expect(await storeAnswer(root, open, { path: "note.txt" })).toMatchObject({ ok: true });
    const { events } = await readJournal(runFolder(root, run));
    expect(events.at(-1)).toMatchObject({ seq: 4, type: "human.responded", request: "q1", by: "person" });
    expect(unansweredQuestions(events)).toEqual([]);
    expect(await storeAnswer(root, open, true)).toMatchObject({ error: { code: "question-unknown" } });
  });

  test("is refused while a process has the run", async () => {
    const run = await journalOf(started, asked, ended("waiting"));
    const [open] = await waitingQuestions(root);
    if (!open) throw new Error("not listed");
    claimRun(runFolder(root, run));
    expect(await storeAnswer(root, open, true)).toMatchObject({ error: { code: "run-in-use" } });
    releaseRun(runFolder(root, run));
  });

  test("is not listed and is refused where the journal came with the folder", async () => {
    const run = await journalOf(started, asked, ended("waiting"));
    const [open] = await waitingQuestions(root);
    if (!open) throw new Error("not listed");
    rmSync(path.join(runFolder(root, run), "seal"));
    expect(await waitingQuestions(root)).toEqual([]);
    expect(await storeAnswer(root, open, true)).toMatchObject({ error: { code: "journal-foreign" } });
  });

  test("is refused when its time is over", async () => {
    await journalOf(started, { ...asked, details: { expires_at: "2020-01-01T00:00:00Z" } }, ended("waiting"));
    const [open] = await waitingQuestions(root);
    if (!open) throw new Error("not listed");
    expect(await storeAnswer(root, open, true)).toMatchObject({ error: { code: "question-expired" } });
  });
});

test("a run whose time is over while it asks waits; other ends stay", () => {
  const timedOut = failedEnd("limit-time", "over");
  expect(endWhileAsking(timedOut, "q1")).toMatchObject({
    status: "waiting",
    waiting: { for: "human", request: "q1" },
  });
  expect(endWhileAsking(timedOut, undefined)).toBe(timedOut);
  const lost = failedEnd("sandbox-lost", "gone");
  expect(endWhileAsking(lost, "q1")).toBe(lost);
});

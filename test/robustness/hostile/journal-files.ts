import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import fc from "fast-check";
import type { RunEvent, RunEventBody } from "#protocol/events/events.ts";
import { noUsage } from "#protocol/events/usage.ts";
import { journalFile, runFolder } from "#runs/journal/journal-folder.ts";
import { readJournal } from "#runs/journal/journal-reader.ts";
import { unansweredQuestions } from "#runs/journal/open-questions.ts";
import { recordedRun } from "#runs/journal/recorded-run.ts";
import { newRunId } from "#runs/journal/run-id.ts";
import { listRuns } from "#runs/journal/run-list.ts";
import { damagedJson, damagedText } from "./damaged.ts";
import type { Target } from "./hostile-input.ts";

const bodies: readonly RunEventBody[] = [
  {
    type: "run.started",
    run: "r",
    file: "a.tac",
    procedure: "main",
    input: { topic: "x" },
    isolation: "embedded",
    manifest: "",
    ungranted: [],
    resumed: false,
    origin: { seed: 1, time: 2, input: {}, textInput: {}, mock: false },
  },
  { type: "log", level: "info", message: "begins", data: { a: [1, "b"] } },
  { type: "request.made", request: 1, method: "host.call", digest: "d" },
  { type: "request.answered", request: 1, value: { done: true } },
  { type: "checkpoint", index: 1, kind: "step", replayed: false, value: 1, durationMs: 0 },
  { type: "human.requested", request: "q-1", kind: "approval", message: "Send it?" },
  { type: "human.responded", request: "q-1", value: true, by: "person" },
  { type: "request.made", request: 2, method: "model.generate", digest: "e" },
  { type: "request.answered", request: 2, error: { code: "model-failed", message: "no" } },
  { type: "checkpoint.cleared", from: 1 },
  { type: "run.finished", status: "failed", durationMs: 3, usage: noUsage },
];
const events: readonly RunEvent[] = bodies.map((body, index) => ({
  seq: index + 1,
  time: "2026-11-24T10:00:00.000Z",
  ...body,
}));
const whole = events.map((event) => `${JSON.stringify(event)}\n`).join("");
const first = whole.slice(0, whole.indexOf("\n") + 1);

const workspace = mkdtempSync(path.join(tmpdir(), "tactus-journals-"));
const folder = runFolder(workspace, newRunId());
mkdirSync(folder, { recursive: true });

/**
 * Whatever a journal holds, reading, listing, replaying and resuming it throw nothing, and every line of it is either
 * an event or counted as unreadable.
 */
export const journalFiles: Target<string> = {
  inputs: fc.oneof(
    damagedText([whole]),
    fc.array(damagedJson(events), { maxLength: 5 }).map((lines) => `${first}${lines.join("\n")}\n`),
  ),
  check: async (text) => {
    writeFileSync(path.join(folder, journalFile), text);
    const content = await readJournal(folder);
    const lines = text.split("\n");
    // Behind the last line end is a line that was cut, or nothing.
    const count = lines.at(-1) === "" ? lines.length - 1 : lines.length;
    assert.equal(content.events.length + content.unreadableLines, count);
    unansweredQuestions(content.events);
    for (const goal of ["resume", "replay"] as const)
      assert.equal(
        recordedRun(content.events, goal) !== undefined,
        content.events[0]?.type === "run.started",
      );
    assert.equal((await listRuns(workspace)).length, 1);
  },
  close: () => rmSync(workspace, { recursive: true, force: true }),
};

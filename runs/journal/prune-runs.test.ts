import { mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createRunFolder, runsFolder } from "#runs/journal/journal-folder.ts";
import { JournalWriter } from "#runs/journal/journal-writer.ts";
import { pruneRuns } from "#runs/journal/prune-runs.ts";
import { releaseRun } from "#runs/journal/run-claim.ts";
import { newRunId } from "#runs/journal/run-id.ts";

let root: string;

beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), "tactus-prune-"));
});
afterEach(() => rmSync(root, { recursive: true }));

type Status = "completed" | "cancelled" | "failed" | "waiting";

/** A run that ended so; without a status one that was interrupted. */
async function pastRun(status?: Status): Promise<string> {
  const run = newRunId();
  const folder = await createRunFolder(root, run);
  if (!folder.ok) throw new Error(folder.error);
  const journal = new JournalWriter(folder.value);
  const usage = { inputTokens: 0, outputTokens: 0, totalTokens: 0 };
  if (status) journal.append({ type: "run.finished", status, durationMs: 1, usage });
  journal.close();
  releaseRun(folder.value);
  return run;
}

const left = (): string[] => readdirSync(runsFolder(root)).filter((name) => name !== ".gitignore");

test("what is over goes; what can go on goes when all is to go", async () => {
  const over = [await pastRun("completed"), await pastRun("cancelled")];
  const open = [await pastRun("failed"), await pastRun("waiting"), await pastRun()];
  expect(new Set(await pruneRuns(root, false))).toEqual(new Set(over));
  expect(new Set(left())).toEqual(new Set(open));
  expect(new Set(await pruneRuns(root, true))).toEqual(new Set(open));
  expect(left()).toEqual([]);
});

test("a run that a living process has stays, whatever its journal says", async () => {
  const run = await pastRun("completed");
  const other = path.join(runsFolder(root), run, `owner.${process.ppid}`);
  writeFileSync(other, "");
  expect(await pruneRuns(root, true)).toEqual([]);
  expect(readdirSync(path.dirname(other)).sort()).toEqual(["events.jsonl", path.basename(other)]);
});

test("what a process that died in the middle had taken goes too, and is no run", async () => {
  const run = path.join(runsFolder(root), await pastRun("completed"));
  renameSync(run, `${run}.pruned`);
  expect(await pruneRuns(root, false)).toEqual([]);
  expect(left()).toEqual([]);
});

import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { open } from "node:fs/promises";
import path from "node:path";
import { JournalWriter } from "#runs/journal/journal-writer.ts";
import { type Comparison, comparePaired } from "./paired.ts";

const studio = path.resolve(import.meta.dirname, "../bin/tactus-studio");

/** Steps and host calls in turn, then a question that nobody answers: the run waits, and can be resumed any number of times. */
const waiting = (checkpoints: number): string => `Procedure { function()
  for i = 1, ${checkpoints / 2} do
    checkpoint(function() return { i = i, text = "a value of a step" } end)
    Host.call("host.ping", { i = i })
  end
  return Human.input{ message = "Go on?" }
end }
`;

export interface DurabilityFigures {
  /** Bytes of the journal by number of checkpoints. */
  readonly journalBytes: ReadonlyMap<number, number>;
  /** Seconds of `runs resume` with 1,000 checkpoints, as a process, against one with 2. */
  readonly resume: Comparison;
  /** Seconds of a checkpoint with its flush against a bare append and fsync of as many bytes. */
  readonly checkpoint: Comparison;
}

/** What durability costs. */
export async function measureDurability(folder: string): Promise<DurabilityFigures> {
  const journalBytes = new Map<number, number>();
  const runs = new Map<number, string>();
  for (const count of [2, 100, 1000, 4000]) {
    const { run, bytes } = await runOnce(folder, count);
    runs.set(count, run);
    if (count > 2) journalBytes.set(count, bytes);
  }
  const resume = (count: number) => () => timeResume(folder, runs.get(count) ?? "");
  return {
    journalBytes,
    resume: await comparePaired(resume(1000), resume(2), 5),
    checkpoint: await compareFlush(folder),
  };
}

async function runOnce(folder: string, count: number): Promise<{ run: string; bytes: number }> {
  const file = `waiting-${count}.tac`;
  writeFileSync(path.join(folder, file), waiting(count));
  const runs = path.join(folder, ".tactus", "runs");
  const before = new Set(readdirSync(folder).includes(".tactus") ? readdirSync(runs) : []);
  await ended(folder, ["run", file, "--isolation", "embedded", "--json"]);
  const run = readdirSync(runs).find((name) => !before.has(name) && name !== ".gitignore") ?? "";
  return { run, bytes: statSync(path.join(runs, run, "events.jsonl")).size };
}

async function timeResume(folder: string, run: string): Promise<number> {
  const startedAt = performance.now();
  await ended(folder, ["runs", "resume", run, "--json"]);
  return (performance.now() - startedAt) / 1000;
}

/** Runs the command; it must end waiting. */
async function ended(folder: string, args: readonly string[]): Promise<void> {
  const child = spawn(studio, args, { cwd: folder, stdio: ["ignore", "ignore", "inherit"] });
  const [code] = await once(child, "exit");
  if (code !== 5) throw new Error(`${args.join(" ")} ended with ${code} instead of waiting.`);
}

/** Ours writes a line with all that belongs to it; the peer writes the same bytes. Both wait for the disk. */
async function compareFlush(folder: string): Promise<Comparison> {
  const place = mkdtempSync(path.join(folder, "flush-"));
  const journal = new JournalWriter(place);
  const bare = await open(path.join(place, "bare.jsonl"), "a");
  const body = { type: "request.answered", request: 1, value: { text: "x".repeat(200) } } as const;
  const line = Buffer.from(`${JSON.stringify(journal.append(body))}\n`);
  const rounds = 50;
  const timed = async (act: () => Promise<unknown>): Promise<number> => {
    const startedAt = performance.now();
    for (let round = 0; round < rounds; round++) await act();
    return (performance.now() - startedAt) / 1000 / rounds;
  };
  const ours = () =>
    timed(() => {
      journal.append(body);
      return journal.flush();
    });
  const peer = () =>
    timed(async () => {
      await bare.write(line);
      await bare.sync();
    });
  try {
    return await comparePaired(ours, peer, 7);
  } finally {
    journal.close();
    await bare.close();
    rmSync(place, { recursive: true });
  }
}

import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import type { RunEvent } from "#protocol/events/events.ts";
import type { Outcome as ProcessOutcome } from "#test/contract/studio.ts";

/** What a call of the command line left for others to see. */
export interface Trace extends ProcessOutcome {
  /** The events on standard output, where `--json` was given; lines that are none are left out. */
  readonly events: readonly RunEvent[];
  /** Everything that reaches a person or the disk: both streams, and the files of all journals of the workspace. */
  readonly text: string;
}

export function traceOf(process: ProcessOutcome, folder: string): Trace {
  const text = [process.stdout, process.stderr, ...journalTexts(folder)].join("\n");
  return { ...process, events: eventsIn(process.stdout), text };
}

function eventsIn(stdout: string): RunEvent[] {
  return stdout
    .split("\n")
    .filter((line) => line.startsWith('{"seq":'))
    .map((line) => JSON.parse(line) as RunEvent);
}

/** The last event, when it is the end of a run. */
export function endOf({ events }: Trace): (RunEvent & { type: "run.finished" }) | undefined {
  const last = events.at(-1);
  return last?.type === "run.finished" ? last : undefined;
}

function journalTexts(folder: string): string[] {
  const runs = path.join(folder, ".tactus", "runs");
  if (!existsSync(runs)) return [];
  return readdirSync(runs, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(path.join(entry.parentPath, entry.name), "utf8"));
}

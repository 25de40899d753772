import { readFile } from "node:fs/promises";
import type { RunRecord } from "../record/run-record.ts";

/** Names that a line calls, and tools that its agents were offered so far: what a step can lead into. */
export async function stepInNames(file: string, line: number, record: RunRecord): Promise<readonly string[]> {
  const called = calledNames((await linesOf(file))[line - 1] ?? "");
  const offered = record.events.flatMap((event) =>
    event.type === "turn.started" && called.includes(event.agent) ? event.tools : [],
  );
  return [...new Set([...called, ...offered])];
}

async function linesOf(file: string): Promise<readonly string[]> {
  // The file may be gone by now; the run has its own copy of the text.
  const text = await readFile(file, "utf8").catch(() => "");
  return text.split(/\r\n|\r|\n/);
}

const keywords: ReadonlySet<string> = new Set([
  "and",
  "elseif",
  "function",
  "if",
  "in",
  "not",
  "or",
  "return",
  "until",
  "while",
]);

/** The last part of each name that is followed by arguments. */
export function calledNames(line: string): readonly string[] {
  const code = line.replace(/--.*$/, "");
  const names = [...code.matchAll(/(?<!["'\w])([A-Za-z_]\w*)\s*[({"']/g)].map(([, name = ""]) => name);
  return [...new Set(names.filter((name) => !keywords.has(name)))];
}

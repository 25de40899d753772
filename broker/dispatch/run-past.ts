import type { Json } from "#common/json.ts";
import type { RunEventOf } from "#protocol/events/events.ts";
import type { RecordedEntry } from "#protocol/wire/recorded.ts";

/** A question as its journal has it. */
export interface AskedQuestion {
  /** In milliseconds since 1970. */
  readonly at: number;
  readonly question: Pick<
    RunEventOf<"human.requested">,
    "kind" | "message" | "details" | "options" | "default" | "timeoutSeconds"
  >;
}

/** What the journal of a run knows, when the run is resumed or replayed. */
export interface RunPast {
  /** In their order; the last may not be completed. */
  readonly entries: readonly RecordedEntry[];
  /** Questions that were shown already and whose request has no outcome: their time goes on while nothing runs. */
  readonly asked: ReadonlyMap<string, AskedQuestion>;
  /** Answers to them, by question. */
  readonly responses: ReadonlyMap<string, Json>;
}

/** Characters of JSON in one answer; a single entry may have more, up to a frame. */
const batchCharacters = 512 * 1024;
const batchEntries = 512;

/** Entries from a position, as many as go well into one message, and at least one if there are any. */
export function entriesFrom(entries: readonly RecordedEntry[], from: number): readonly RecordedEntry[] {
  let characters = 0;
  let end = from;
  while (end < entries.length && end - from < batchEntries && characters < batchCharacters) {
    characters += JSON.stringify(entries[end]).length;
    if (end > from && characters > batchCharacters) break;
    end++;
  }
  return entries.slice(from, end);
}

import { closeSync, constants, openSync, writeSync } from "node:fs";
import path from "node:path";
import type { RunEvent, RunEventBody } from "#protocol/events/events.ts";
import { journalFile } from "#runs/journal/journal-folder.ts";

/** Largest journal in bytes; the end of a run is written even beyond it. */
const maximumJournalBytes = 256 * 1024 * 1024;

/** Events that say how a run ended: never left out for lack of room. */
const lastEvents: ReadonlySet<RunEventBody["type"]> = new Set([
  "limit.hit",
  "workspace.changed",
  "run.finished",
]);

/** Why an event did not get into the journal: there is no room left, or the system could not write it. */
export type JournalProblem = "full" | "unwritable";

/** What the journal adds to an event. */
export interface Numbered {
  readonly seq: number;
  readonly time: string;
}

/**
 * Appends the events of one run. Each is numbered, dated and handed to the system in one write before anybody else
 * sees it, so that whatever was shown can still be read after `kill -9`. Writes are synchronous: order is exact and
 * a line costs some ten microseconds.
 */
export class JournalWriter {
  readonly #descriptor: number;
  readonly #events: RunEvent[] = [];
  readonly #listeners = new Set<(event: RunEvent) => void>();
  readonly #limit: number;
  #bytes = 0;
  #lastTime = 0;
  #closed = false;
  /** Told when an event could not be kept; set by whoever runs the run. */
  onProblem: (problem: JournalProblem) => void = () => {};

  /** Creates the journal file in a run's folder. Throws when the system refuses. */
  constructor(folder: string, limit: number = maximumJournalBytes) {
    const flags = constants.O_CREAT | constants.O_EXCL | constants.O_WRONLY | constants.O_APPEND;
    this.#descriptor = openSync(path.join(folder, journalFile), flags, 0o600);
    this.#limit = limit;
  }

  /**
   * Writes an event and passes it on. One that does not fit is left out and reported; one that the system could not
   * write is passed on even so, since somebody may be watching.
   */
  append<Body extends RunEventBody>(body: Body): Numbered & Body {
    const event = { seq: this.#events.length + 1, time: this.#nextTime(), ...body };
    const line = Buffer.from(`${JSON.stringify(event)}\n`);
    if (this.#bytes + line.length > this.#limit && !lastEvents.has(body.type)) {
      this.onProblem("full");
      return event;
    }
    this.#bytes += line.length;
    this.#events.push(event);
    const written = this.#write(line);
    for (const listener of [...this.#listeners]) listener(event);
    if (!written) this.onProblem("unwritable");
    return event;
  }

  /** Calls the listener for every event so far, then for each new one. Gives a function that ends it. */
  onEvent(listener: (event: RunEvent) => void): () => void {
    for (const event of [...this.#events]) listener(event);
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Nothing is written any more: the descriptor may soon belong to another file. */
  close(): void {
    this.#closed = true;
    closeSync(this.#descriptor);
  }

  #write(line: Buffer): boolean {
    if (this.#closed) return false;
    try {
      return writeSync(this.#descriptor, line) === line.length;
    } catch {
      // A full or vanished disk: the caller is told through onProblem.
      return false;
    }
  }

  /** Never before the event above it, even when the clock is set back. */
  #nextTime(): string {
    this.#lastTime = Math.max(this.#lastTime, Date.now());
    return new Date(this.#lastTime).toISOString();
  }
}

import { closeSync, constants, openSync, writeSync } from "node:fs";
import path from "node:path";
import type { RunEvent, RunEventBody } from "#protocol/events/events.ts";
import { journalFile } from "#runs/journal/journal-folder.ts";

/** Largest journal in bytes; the end of a run is written even beyond it. */
export const maximumJournalBytes = 256 * 1024 * 1024;

/** Thrown when an event does not fit any more. */
export class JournalFull extends Error {
  constructor() {
    super(`The journal of the run is over its limit of ${maximumJournalBytes} bytes.`);
    this.name = "JournalFull";
  }
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

  constructor(folder: string, limit: number = maximumJournalBytes) {
    const flags = constants.O_CREAT | constants.O_EXCL | constants.O_WRONLY | constants.O_APPEND;
    this.#descriptor = openSync(path.join(folder, journalFile), flags, 0o600);
    this.#limit = limit;
  }

  /** Writes an event and passes it on. Throws JournalFull, except for the last event. After `close` it does nothing. */
  append(body: RunEventBody): void {
    if (this.#closed) return;
    const event: RunEvent = { seq: this.#events.length + 1, time: this.#nextTime(), ...body };
    const line = Buffer.from(`${JSON.stringify(event)}\n`);
    if (
      this.#bytes + line.length > this.#limit &&
      body.type !== "run.finished" &&
      body.type !== "limit.hit"
    ) {
      throw new JournalFull();
    }
    writeSync(this.#descriptor, line);
    this.#bytes += line.length;
    this.#events.push(event);
    for (const listener of [...this.#listeners]) listener(event);
  }

  /** Calls the listener for every event so far, then for each new one. Gives a function that ends it. */
  onEvent(listener: (event: RunEvent) => void): () => void {
    for (const event of [...this.#events]) listener(event);
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    closeSync(this.#descriptor);
  }

  /** Never before the event above it, even when the clock is set back. */
  #nextTime(): string {
    this.#lastTime = Math.max(this.#lastTime, Date.now());
    return new Date(this.#lastTime).toISOString();
  }
}

import { closeSync, constants, fdatasync, fsyncSync, ftruncateSync, openSync, writeSync } from "node:fs";
import path from "node:path";
import { visibleJson } from "#common/visible-text.ts";
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

/** Where the earlier part of a run's journal ends. */
export interface EarlierPart {
  /** Number of its last event. */
  readonly seq: number;
  /** Bytes of its whole lines. */
  readonly bytes: number;
  /** Time of its last event, in milliseconds. */
  readonly time: number;
}

/** An event as it stands in a journal. */
export function journalLine(event: RunEvent): string {
  return `${visibleJson(event)}\n`;
}

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
  readonly #folder: string;
  readonly #descriptor: number;
  readonly #events: RunEvent[] = [];
  readonly #listeners = new Set<(event: RunEvent) => void>();
  readonly #limit: number;
  #seq: number;
  #bytes: number;
  #lastTime: number;
  #folderFlushed = false;
  #closed = false;
  /** Told when an event could not be kept; set by whoever runs the run. */
  onProblem: (problem: JournalProblem) => void = () => {};

  /**
   * Creates the journal file in a run's folder, or goes on with the one that is there, behind its last whole line.
   * Throws when the system refuses.
   */
  constructor(folder: string, limit: number = maximumJournalBytes, earlier?: EarlierPart) {
    const creating = earlier ? constants.O_NOFOLLOW : constants.O_CREAT | constants.O_EXCL;
    const flags = creating | constants.O_WRONLY | constants.O_APPEND;
    this.#folder = folder;
    this.#descriptor = openSync(path.join(folder, journalFile), flags, 0o600);
    this.#limit = limit;
    this.#seq = earlier?.seq ?? 0;
    this.#bytes = earlier?.bytes ?? 0;
    this.#lastTime = earlier?.time ?? 0;
    if (earlier) ftruncateSync(this.#descriptor, earlier.bytes);
  }

  /**
   * Writes an event and passes it on. One that does not fit is left out and reported; one that the system could not
   * write is passed on even so, since somebody may be watching, and its number is given to the next.
   */
  append<Body extends RunEventBody>(body: Body): Numbered & Body {
    const event = { seq: this.#seq + 1, time: this.#nextTime(), ...body };
    const line = Buffer.from(journalLine(event));
    if (this.#bytes + line.length > this.#limit && !lastEvents.has(body.type)) {
      this.onProblem("full");
      return event;
    }
    this.#events.push(event);
    const written = this.#write(line);
    if (written) {
      this.#seq++;
      this.#bytes += line.length;
    }
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

  /** Resolves when everything so far is on the disk, where not even a loss of power takes it away. */
  async flush(): Promise<void> {
    if (this.#closed) return;
    if (!this.#folderFlushed) this.#flushFolder();
    const failed = await new Promise((resolve) => fdatasync(this.#descriptor, resolve));
    if (failed && !this.#closed) this.onProblem("unwritable");
  }

  /** Nothing is written any more: the descriptor may soon belong to another file. */
  close(): void {
    this.#closed = true;
    closeSync(this.#descriptor);
  }

  #write(line: Buffer): boolean {
    if (this.#closed) return false;
    try {
      if (writeSync(this.#descriptor, line) === line.length) return true;
      // The disk is full: half a line must not spoil the one that comes when there is room again.
      ftruncateSync(this.#descriptor, this.#bytes);
      return false;
    } catch {
      // A full or vanished disk: the caller is told through onProblem.
      return false;
    }
  }

  /** The name of a new file is on the disk when its folder is. Where a system can't do that, the file alone must do. */
  #flushFolder(): void {
    this.#folderFlushed = true;
    try {
      const folder = openSync(this.#folder, constants.O_RDONLY);
      fsyncSync(folder);
      closeSync(folder);
    } catch {
      // Windows has no such call for folders.
    }
  }

  /** Never before the event above it, even when the clock is set back. */
  #nextTime(): string {
    this.#lastTime = Math.max(this.#lastTime, Date.now());
    return new Date(this.#lastTime).toISOString();
  }
}

import { setTimeout as delay } from "node:timers/promises";
import type { RunEvent } from "#protocol/events/events.ts";
import { openJournal, parseEvent } from "#runs/journal/journal-reader.ts";
import { isClaimed } from "#runs/journal/run-claim.ts";

const newline = 0x0a;

/** How often a journal is looked at; another process writes it. */
const interval = 150;

/** How much is read at once. */
const pieceBytes = 1024 * 1024;

/**
 * The events of a run behind a sequence number, those that are written later included, until the run ends or nobody
 * writes it any more. Throws when there is no journal.
 */
export async function* followJournal(
  folder: string,
  after: number,
  signal: AbortSignal,
): AsyncGenerator<RunEvent> {
  await using journal = await openJournal(folder);
  const piece = Buffer.alloc(pieceBytes);
  let unfinished = Buffer.alloc(0);
  for (let offset = 0; !signal.aborted; ) {
    // Asked before reading: what its last writer wrote is there when it is gone.
    const written = isClaimed(folder);
    const { bytesRead } = await journal.read(piece, 0, pieceBytes, offset);
    offset += bytesRead;
    const content = Buffer.concat([unfinished, piece.subarray(0, bytesRead)]);
    const sound = content.lastIndexOf(newline) + 1;
    unfinished = content.subarray(sound);
    for (const line of content.toString("utf8", 0, sound).split("\n")) {
      const event = line === "" ? undefined : parseEvent(line);
      if (event && event.seq > after) yield event;
    }
    if (bytesRead > 0) continue;
    if (!written) return;
    await delay(interval, undefined, { signal }).catch(() => undefined);
  }
}

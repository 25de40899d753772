import { isUtf8 } from "node:buffer";
import { constants } from "node:fs";
import { type FileHandle, open, stat } from "node:fs/promises";
import path from "node:path";
import { isJsonObject, parseJsonSafely } from "#common/json.ts";
import { type RunEvent, runEventBody } from "#protocol/events/events.ts";
import { journalFile } from "#runs/journal/journal-folder.ts";

const newline = 0x0a;

/** What a journal holds. */
export interface JournalContent {
  readonly events: readonly RunEvent[];
  /** Lines that could not be read: at most the last one, cut by a kill, unless somebody wrote into the file. */
  readonly unreadableLines: number;
  /** Bytes up to the end of the last whole line: what comes behind was cut. */
  readonly soundBytes: number;
  /** First line (from 1) that is not what this program wrote there; one at the end that was cut by a kill is none. */
  readonly damagedLine: number | undefined;
}

/** Reads a whole journal, leaving out lines that are cut or foreign. Throws when there is no file. */
export async function readJournal(folder: string): Promise<JournalContent> {
  const file = await openJournal(folder);
  try {
    const content = await file.readFile();
    const soundBytes = content.lastIndexOf(newline) + 1;
    const lines = linesOf(content).map((line) => (isUtf8(line) ? parseEvent(line.toString()) : undefined));
    const events = lines.filter((event) => event !== undefined);
    const cutLines = soundBytes === content.length ? 0 : 1;
    const damaged = lines.findIndex((event, index) => event?.seq !== index + 1);
    return {
      events,
      unreadableLines: lines.length - events.length + cutLines,
      soundBytes,
      damagedLine: damaged < 0 ? undefined : damaged + 1,
    };
  } finally {
    await file.close();
  }
}

/** The whole lines, without their ends. */
function linesOf(content: Buffer): Buffer[] {
  const lines: Buffer[] = [];
  let start = 0;
  for (let end = content.indexOf(newline); end >= 0; end = content.indexOf(newline, start)) {
    lines.push(content.subarray(start, end));
    start = end + 1;
  }
  return lines;
}

/**
 * The first event, and the last that began or ended a part of the run (undefined when that is further back than
 * anybody looks), without reading what is between. Throws when there is no file.
 */
export async function readEnds(
  folder: string,
): Promise<{ first: RunEvent | undefined; last: RunEvent | undefined }> {
  const file = await openJournal(folder);
  try {
    const { size } = await file.stat();
    const head = (await readPart(file, 0, Math.min(size, endBytes))).split("\n");
    const tail = (await readPart(file, Math.max(0, size - endBytes), Math.min(size, endBytes))).split("\n");
    return { first: parseEvent(head[0] ?? ""), last: lastEvent(tail) };
  } finally {
    await file.close();
  }
}

/** More than one event can hold (a frame's limit, escaped). */
const endBytes = 6 * 1024 * 1024;

/** A journal is a plain file; a link or a pipe that a cloned folder put there is not opened. */
export function openJournal(folder: string): Promise<FileHandle> {
  const flags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;
  return open(path.join(folder, journalFile), flags);
}

async function readPart(file: FileHandle, start: number, length: number): Promise<string> {
  const buffer = Buffer.alloc(length);
  const { bytesRead } = await file.read(buffer, 0, length, start);
  return buffer.toString("utf8", 0, bytesRead);
}

function lastEvent(lines: readonly string[]): RunEvent | undefined {
  for (let index = lines.length - 1; index >= 0; index--) {
    const line = lines[index] ?? "";
    const event = line.includes('"run.') ? parseEvent(line) : undefined;
    if (event?.type === "run.started" || event?.type === "run.finished") return event;
  }
  return undefined;
}

/** Bytes of a journal at the moment. Throws when there is no file. */
export async function journalBytes(folder: string): Promise<number> {
  return (await stat(path.join(folder, journalFile))).size;
}

/** An event of a line; undefined for one that is cut or foreign. */
export function parseEvent(line: string): RunEvent | undefined {
  try {
    // The careful way costs several times as much, and only one name needs it.
    const value: unknown = line.includes("__proto__") ? parseJsonSafely(line) : JSON.parse(line);
    return isRunEvent(value) ? value : undefined;
  } catch {
    // A line that is cut or foreign is left out; the caller counts it.
    return undefined;
  }
}

/** A journal may lie in a folder that somebody else wrote, so its events are checked like any other input. */
function isRunEvent(value: unknown): value is RunEvent {
  return (
    isJsonObject(value) &&
    typeof value["seq"] === "number" &&
    typeof value["time"] === "string" &&
    !Number.isNaN(Date.parse(value["time"])) &&
    runEventBody.safeParse(value).success
  );
}

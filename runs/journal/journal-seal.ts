import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import { constants } from "node:fs";
import { type FileHandle, link, mkdir, open, realpath, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { errorCode } from "#common/error-text.ts";
import { runFolder } from "#runs/journal/journal-folder.ts";
import { openJournal } from "#runs/journal/journal-reader.ts";
import { dataFolder, isOwn, othersUse } from "#runs/trust/data-folder.ts";

/** Name of the seal inside a run's folder. */
const sealFile = "seal";
const keyBytes = 32;
/** More than a first event can hold (a frame's limit, escaped). */
const longestLine = 6 * 1024 * 1024;
const newline = 0x0a;

/**
 * Marks a journal as one that began here: a code over its place, its run and its first event, made with a key that
 * lies in the person's data folder. Whoever brings a folder with journals in it does not have that key. Without a
 * writable data folder the journal stays unsealed: the run goes on, and can't be resumed.
 */
export async function sealJournal(workspaceRoot: string, run: string): Promise<void> {
  try {
    const seal = await sealOf(workspaceRoot, run, await ownKey());
    await writeFile(path.join(runFolder(workspaceRoot, run), sealFile), `${seal.toString("hex")}\n`, {
      flag: "wx",
      mode: 0o600,
    });
  } catch {
    // Resuming says what is missing; a run that nobody resumes needs no seal.
  }
}

/** Whether a journal began here, in this folder, for this person. */
export async function isOwnJournal(workspaceRoot: string, run: string): Promise<boolean> {
  try {
    const key = await readKey();
    if (!key) return false;
    const kept = await readWhole(path.join(runFolder(workspaceRoot, run), sealFile), 200);
    const given = Buffer.from(kept.toString("latin1").trim(), "hex");
    const seal = await sealOf(workspaceRoot, run, key);
    return given.length === seal.length && timingSafeEqual(given, seal);
  } catch {
    // No seal, no journal, or none that can be read: not one of this person's.
    return false;
  }
}

async function sealOf(workspaceRoot: string, run: string, key: Buffer): Promise<Buffer> {
  const root = await realpath(workspaceRoot);
  const first = await firstLine(runFolder(workspaceRoot, run));
  return createHmac("sha256", key)
    .update(JSON.stringify([root, run]))
    .update("\0")
    .update(first)
    .digest();
}

async function firstLine(folder: string): Promise<Buffer> {
  await using journal = await openJournal(folder);
  const parts: Buffer[] = [];
  let length = 0;
  while (length < longestLine) {
    const part = Buffer.alloc(16 * 1024);
    const { bytesRead } = await journal.read(part, 0, part.length, length);
    const end = part.subarray(0, bytesRead).indexOf(newline);
    if (end >= 0) return Buffer.concat([...parts, part.subarray(0, end)]);
    if (bytesRead === 0) break;
    parts.push(part.subarray(0, bytesRead));
    length += bytesRead;
  }
  throw new Error("the journal has no whole first line");
}

function keyPath(): string {
  return path.join(dataFolder(), "journal.key");
}

/** The key of this person on this machine; made when there is none. Of two who make it at a time one wins for both. */
async function ownKey(): Promise<Buffer> {
  const key = await readKey();
  if (key) return key;
  await mkdir(dataFolder(), { recursive: true, mode: 0o700 });
  const temporary = `${keyPath()}.${randomBytes(6).toString("hex")}.new`;
  await writeFile(temporary, randomBytes(keyBytes), { flag: "wx", mode: 0o600 });
  try {
    await link(temporary, keyPath());
  } catch (error) {
    if (errorCode(error) !== "EEXIST") throw error;
  } finally {
    await rm(temporary, { force: true });
  }
  const made = await readKey();
  if (!made) throw new Error(`${keyPath()} can't be used`);
  return made;
}

/** Undefined when there is none. A key that others can read would let them seal journals: it throws. */
async function readKey(): Promise<Buffer | undefined> {
  let file: FileHandle;
  try {
    file = await open(keyPath(), constants.O_RDONLY | constants.O_NOFOLLOW);
  } catch (error) {
    if (errorCode(error) === "ENOENT") return undefined;
    throw error;
  }
  try {
    if (!isOwn(await file.stat(), othersUse)) throw new Error("others can read the key");
    const key = await file.readFile();
    if (key.length !== keyBytes) throw new Error("the key is cut");
    return key;
  } finally {
    await file.close();
  }
}

async function readWhole(file: string, most: number): Promise<Buffer> {
  await using handle = await open(file, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  const buffer = Buffer.alloc(most);
  const { bytesRead } = await handle.read(buffer, 0, most, 0);
  return buffer.subarray(0, bytesRead);
}

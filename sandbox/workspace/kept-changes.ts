import { createHash } from "node:crypto";
import { mkdir, rm } from "node:fs/promises";
import path from "node:path";
import { isJsonObject, parseJsonSafely } from "#common/json.ts";
import { ConfinedFolder, unprotected } from "./confined-folder.ts";
import { normalPath } from "./path-policy.ts";
import { type FileChange, maximumWholeBytes } from "./workspace.ts";

/** A change as it is kept: with the hash of what it replaces, so that applying it can notice a conflict. */
export interface KeptChange extends FileChange {
  /** SHA-256 of what the folder had at the first write; undefined for a new file. */
  readonly base?: string;
  /** What the person decided; undefined while it is open. */
  readonly settled?: Settled;
}

export type Settled = "applied" | "discarded";

const listFile = "changes.json";
const wholeList = { offset: 0, length: maximumWholeBytes };

/** Where a run keeps what it wrote, and what the folder had before: the list tells which files count. */
export function contentFolders(changesFolder: string): { readonly written: string; readonly base: string } {
  return { written: path.join(changesFolder, "files"), base: path.join(changesFolder, "base") };
}

/**
 * The changes that a run left; none when it left none. The list may have come with a folder, so it is checked, and a
 * path in it means nothing but a file below the folder that it is used in.
 */
export async function readKeptChanges(changesFolder: string): Promise<readonly KeptChange[]> {
  const file = await new ConfinedFolder(changesFolder).read(listFile, unprotected, wholeList);
  try {
    const list = file.ok ? parseJsonSafely(file.value.bytes.toString()) : undefined;
    const changes = isJsonObject(list) ? list["changes"] : undefined;
    return Array.isArray(changes) ? changes.filter(isKeptChange) : [];
  } catch {
    // It is no list of ours.
    return [];
  }
}

/** Replaces the list as a whole. Throws when the disk does not take it. */
export async function writeKeptChanges(changesFolder: string, changes: readonly KeptChange[]): Promise<void> {
  await mkdir(changesFolder, { recursive: true, mode: 0o700 });
  const list = Buffer.from(`${JSON.stringify({ changes }, undefined, 2)}\n`);
  const written = await new ConfinedFolder(changesFolder).write(listFile, list, unprotected);
  if (!written.ok) throw new Error(written.error.message);
}

/** Deletes the contents of the changes; the list with what was decided stays. */
export async function dropContents(changesFolder: string): Promise<void> {
  const { written, base } = contentFolders(changesFolder);
  for (const folder of [written, base]) await rm(folder, { recursive: true, force: true });
}

/** The hash by which contents are compared. */
export function contentHash(content: Uint8Array): string {
  return createHash("sha256").update(content).digest("hex");
}

function isKeptChange(value: unknown): value is KeptChange {
  if (!isJsonObject(value)) return false;
  const { path: file, kind, bytes, base, settled } = value;
  const known = kind === "created" || kind === "modified" || kind === "deleted";
  const decided = settled === undefined || settled === "applied" || settled === "discarded";
  const hashed = base === undefined || typeof base === "string";
  return known && decided && hashed && typeof bytes === "number" && isNormalPath(file);
}

function isNormalPath(file: unknown): boolean {
  if (typeof file !== "string" || file === "") return false;
  const normal = normalPath(file);
  return normal.ok && normal.value === file;
}

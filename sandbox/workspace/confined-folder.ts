import { randomBytes } from "node:crypto";
import { constants, type Dirent } from "node:fs";
import {
  type FileHandle,
  lstat,
  mkdir,
  open,
  readdir,
  readlink,
  realpath,
  rename,
  rm,
  stat,
} from "node:fs/promises";
import path from "node:path";
import { ok, type Result } from "#common/result.ts";
import { type ByteRange, type FileBytes, sortedByName } from "./file-store.ts";
import { normalPath } from "./path-policy.ts";
import { denied, type FileEntry, type FileKind, type FileRefusal, notFound } from "./workspace.ts";

const maximumEntries = 10_000;

/** Why a path (relative to the root, as given and with its links resolved) is off limits; undefined when it is not. */
type Protection = (path: string, kind: FileKind) => string | undefined | Promise<string | undefined>;

/**
 * The files below one folder. A path is resolved with its links, must stay inside, and is opened without following a
 * link; on Linux what was opened is compared with what was meant, which closes the gap between check and use. On
 * other systems a link that another program swaps in at that very moment is not noticed.
 */
export class ConfinedFolder {
  readonly #root: Promise<string>;

  constructor(root: string) {
    this.#root = realpath(root);
    // The first use reports a missing root; until then it is nobody's unhandled error.
    this.#root.catch(() => undefined);
  }

  /** Some bytes of a file. */
  async read(
    relative: string,
    protection: Protection,
    range: ByteRange,
  ): Promise<Result<FileBytes, FileRefusal>> {
    return this.#guarded(relative, async () => {
      const located = await this.#locate(relative, protection);
      if (!located.ok) return located;
      if (!(await lstat(located.value)).isFile()) return denied(relative, "it is not a regular file.");
      await using file = await open(
        located.value,
        constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOFOLLOW,
      );
      const status = await file.stat();
      if (!status.isFile() || !(await isAt(file, located.value))) {
        return denied(relative, "it is not a regular file.");
      }
      return ok({ bytes: await readRange(file, range), size: status.size });
    });
  }

  /** Size of a regular file; undefined when there is none that may be read. */
  async size(relative: string, protection: Protection): Promise<number | undefined> {
    const located = await this.#guarded(relative, () => this.#locate(relative, protection));
    if (!located.ok) return undefined;
    const status = await stat(located.value).catch(() => undefined);
    return status?.isFile() ? status.size : undefined;
  }

  async list(relative: string, protection: Protection): Promise<Result<FileEntry[], FileRefusal>> {
    return this.#guarded(relative, async () => {
      const located = await this.#locate(relative, protection);
      if (!located.ok) return located;
      const entries = await readdir(located.value, { withFileTypes: true });
      if (entries.length > maximumEntries) return denied(relative, "it has too many entries.");
      const shown: FileEntry[] = [];
      for (const entry of entries.filter(isShown)) {
        const kind = entry.isDirectory() ? "folder" : "file";
        if (await protection(path.posix.join(relative, entry.name), kind)) continue;
        shown.push({ name: entry.name, directory: entry.isDirectory() });
      }
      return ok(sortedByName(shown));
    });
  }

  /**
   * Writes a file as a whole, making missing folders: into a new file that then takes the old one's place, so that
   * nobody sees half of it and a hard link elsewhere keeps its content.
   */
  async write(
    relative: string,
    content: Uint8Array,
    protection: Protection,
  ): Promise<Result<void, FileRefusal>> {
    return this.#guarded(relative, async () => {
      const folder = await this.#makeFolder(path.posix.dirname(relative), protection);
      if (!folder.ok) return folder;
      const target = path.join(folder.value, path.posix.basename(relative));
      const refused = await protection(await this.#relativeTo(target), "file");
      if (refused) return denied(relative, refused);
      const existing = await lstat(target).catch(() => undefined);
      if (existing && !existing.isFile()) return denied(relative, "it is not a regular file.");
      return replaceFile(relative, { target, content, mode: existing && existing.mode & 0o777 });
    });
  }

  /** Absolute path with all links resolved; it exists, lies inside and is not protected. */
  async #locate(relative: string, protection: Protection): Promise<Result<string, FileRefusal>> {
    // Asked before looking, so that what is off limits can't be told from what is missing by its absence.
    const refused = await protection(relative, "file");
    if (refused) return denied(relative, refused);
    const real = await realpath(path.join(await this.#root, relative));
    if (!(await this.#holds(real))) return denied(relative, "it leads out of the workspace.");
    const kind = (await lstat(real)).isDirectory() ? "folder" : "file";
    const refusedReal = await protection(await this.#relativeTo(real), kind);
    return refusedReal ? denied(relative, refusedReal) : ok(real);
  }

  async #makeFolder(relative: string, protection: Protection): Promise<Result<string, FileRefusal>> {
    const root = await this.#root;
    let existing = relative === "." ? "" : relative;
    while (existing !== "" && !(await exists(path.join(root, existing)))) existing = parentOf(existing);
    const located = await this.#locate(existing, () => undefined);
    if (!located.ok) return located;
    const folder = path.join(located.value, path.relative(existing, relative === "." ? "" : relative));
    const refused = await protection(await this.#relativeTo(folder), "folder");
    if (refused) return denied(relative, refused);
    await mkdir(folder, { recursive: true });
    const made = await realpath(folder);
    return (await this.#holds(made)) ? ok(made) : denied(relative, "it leads out of the workspace.");
  }

  async #holds(real: string): Promise<boolean> {
    const relative = path.relative(await this.#root, real);
    return relative !== ".." && !relative.startsWith(`..${path.sep}`) && !path.isAbsolute(relative);
  }

  async #relativeTo(real: string): Promise<string> {
    return path
      .relative(await this.#root, real)
      .split(path.sep)
      .join("/");
  }

  /** What the file system refuses becomes a refusal that says no more than the sandbox may know. */
  async #guarded<Value>(
    relative: string,
    act: () => Promise<Result<Value, FileRefusal>>,
  ): Promise<Result<Value, FileRefusal>> {
    try {
      return await act();
    } catch (error) {
      const code = error instanceof Error && "code" in error ? error.code : undefined;
      if (code === "ENOENT") return notFound(relative);
      return denied(relative, systemReasons.get(code) ?? "the system does not allow it.");
    }
  }
}

const systemReasons: ReadonlyMap<unknown, string> = new Map([
  ["ENOTDIR", "a part of its path is not a folder."],
  ["EEXIST", "a part of its path is not a folder."],
  ["EISDIR", "it is a folder."],
  ["ELOOP", "it is a link that may not be followed."],
  ["ENOSPC", "the disk is full."],
  ["EACCES", "this user may not use it."],
]);

async function readRange(file: FileHandle, { offset, length }: ByteRange): Promise<Buffer> {
  const buffer = Buffer.allocUnsafe(length);
  let filled = 0;
  for (let read = -1; read !== 0 && filled < length; filled += read) {
    ({ bytesRead: read } = await file.read(buffer, filled, length - filled, offset + filled));
  }
  return buffer.subarray(0, filled);
}

async function replaceFile(
  relative: string,
  { target, content, mode }: { target: string; content: Uint8Array; mode: number | undefined },
): Promise<Result<void, FileRefusal>> {
  const draft = path.join(path.dirname(target), `.${randomBytes(6).toString("hex")}.draft`);
  const flags = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW;
  const file = await open(draft, flags, mode ?? 0o666);
  try {
    if (!(await isAt(file, draft))) return denied(relative, "its folder was moved.");
    await file.writeFile(content);
    if (mode !== undefined) await file.chmod(mode);
    await rename(draft, target);
    return ok(undefined);
  } finally {
    await file.close();
    await rm(draft, { force: true });
  }
}

/** Whether an open file was opened at this path (it may have been replaced since); true where the system can't tell. */
async function isAt(file: FileHandle, expected: string): Promise<boolean> {
  if (process.platform !== "linux") return true;
  const actual = await readlink(`/proc/self/fd/${file.fd}`);
  return actual === expected || actual === `${expected} (deleted)`;
}

function isShown(entry: Dirent): boolean {
  return (entry.isFile() || entry.isDirectory()) && normalPath(entry.name).ok;
}

function parentOf(relative: string): string {
  const parent = path.posix.dirname(relative);
  return parent === "." ? "" : parent;
}

async function exists(file: string): Promise<boolean> {
  return lstat(file).then(
    () => true,
    () => false,
  );
}

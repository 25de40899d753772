import { randomBytes } from "node:crypto";
import { constants, type Dirent } from "node:fs";
import { type FileHandle, lstat, open, realpath, rename, rm } from "node:fs/promises";
import path from "node:path";
import { errorCode } from "#common/error-text.ts";
import { ok, type Result } from "#common/result.ts";
import { foldedName } from "#protocol/obeyed-files.ts";
import { type ByteRange, type FileBytes, sortedByName } from "./file-store.ts";
import { isAt, OpenFolder } from "./open-folder.ts";
import { normalPath } from "./path-policy.ts";
import { isExecutable, looksLikeProgram } from "./programs.ts";
import { denied, type FileEntry, type FileKind, type FileRefusal, notFound } from "./workspace.ts";

const maximumEntries = 10_000;

/** Why a path (relative to the root, as given and with its links resolved) is off limits; undefined when it is not. */
export type Protection = (path: string, kind: FileKind) => string | undefined | Promise<string | undefined>;

/** Protects nothing: for folders of ours, and for looks that decide nothing. */
export const unprotected: Protection = () => undefined;

/** The mode of a new file, and the bits of a mode that a replaced file keeps. */
const newFileMode = 0o666;
const keptModeBits = 0o777;

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
    return this.#opened(relative, protection, async (file, size) =>
      ok({ bytes: await readRange(file, range), size }),
    );
  }

  /** Size of a regular file; undefined when there is none that may be read. */
  async size(relative: string, protection: Protection): Promise<number | undefined> {
    const size = await this.#opened(relative, protection, async (_, bytes) => ok(bytes));
    return size.ok ? size.value : undefined;
  }

  /** Whether the file that is there is a program which a person of this machine can start. */
  async isProgram(relative: string): Promise<boolean> {
    const program = await this.#opened(relative, unprotected, async (file) => {
      const start = await readRange(file, { offset: 0, length: 4 });
      return ok(isExecutable((await file.stat()).mode) && looksLikeProgram(start));
    });
    return program.ok && program.value;
  }

  async list(relative: string, protection: Protection): Promise<Result<FileEntry[], FileRefusal>> {
    return this.#guarded(relative, async () => {
      const located = await this.#locate(relative, protection);
      if (!located.ok) return located;
      await using folder = await OpenFolder.open(located.value);
      if (!folder) return denied(relative, "it was moved.");
      const entries = await folder.entries();
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

  /** A name in the way that other systems take for a part of this path, since it differs in case or composition only. */
  async twinOf(relative: string): Promise<string | undefined> {
    let parent = "";
    for (const name of relative.split("/")) {
      const entries = await this.list(parent, unprotected);
      const names = entries.ok ? entries.value.map((entry) => entry.name) : [];
      const twin = names.find((other) => other !== name && foldedName(other) === foldedName(name));
      if (twin !== undefined) return path.posix.join(parent, twin);
      if (!names.includes(name)) return undefined;
      parent = path.posix.join(parent, name);
    }
    return undefined;
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
      const entered = await this.#enterFolder(path.posix.dirname(relative), protection);
      if (!entered.ok) return entered;
      await using folder = entered.value;
      const name = path.posix.basename(relative);
      const refused = await protection(await this.#relativeTo(path.join(folder.real, name)), "file");
      if (refused) return denied(relative, refused);
      const existing = await lstat(folder.entry(name)).catch(() => undefined);
      if (existing && !existing.isFile()) return denied(relative, "it is not a regular file.");
      return await replaceFile(relative, {
        folder,
        name,
        content,
        mode: existing && existing.mode & keptModeBits,
      });
    });
  }

  /** A regular file below the root, opened and compared with what was meant. */
  async #opened<Value>(
    relative: string,
    protection: Protection,
    use: (file: FileHandle, size: number) => Promise<Result<Value, FileRefusal>>,
  ): Promise<Result<Value, FileRefusal>> {
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
      return await use(file, status.size);
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

  /** The folder, with those that are missing made one by one, each inside the one that is held open. */
  async #enterFolder(relative: string, protection: Protection): Promise<Result<OpenFolder, FileRefusal>> {
    const wanted = relative === "." ? "" : relative;
    let existing = wanted;
    while (existing !== "" && !(await exists(path.join(await this.#root, existing))))
      existing = parentOf(existing);
    const located = await this.#locate(existing, unprotected);
    if (!located.ok) return located;
    const missing = path.posix.relative(existing, wanted);
    const refused = await protection(await this.#relativeTo(path.join(located.value, missing)), "folder");
    if (refused) return denied(relative, refused);
    return enterBelow(located.value, missing === "" ? [] : missing.split("/"));
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
      const code = errorCode(error) ?? "";
      if (code === "ENOENT") return notFound(relative);
      return denied(relative, systemReasons.get(code) ?? "the system does not allow it.");
    }
  }
}

const systemReasons: ReadonlyMap<string, string> = new Map([
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

async function enterBelow(real: string, names: readonly string[]): Promise<Result<OpenFolder, FileRefusal>> {
  let folder = await OpenFolder.open(real);
  for (const name of names) {
    await using parent = folder;
    folder = await parent?.enter(name);
  }
  return folder ? ok(folder) : denied(path.basename(real), "its folder was moved.");
}

async function replaceFile(
  relative: string,
  written: { folder: OpenFolder; name: string; content: Uint8Array; mode: number | undefined },
): Promise<Result<void, FileRefusal>> {
  const { folder, name, content, mode } = written;
  const draftName = `.${randomBytes(6).toString("hex")}.draft`;
  const draft = folder.entry(draftName);
  const flags = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW;
  const file = await open(draft, flags, mode ?? newFileMode);
  try {
    if (!(await isAt(file, path.join(folder.real, draftName))))
      return denied(relative, "its folder was moved.");
    await file.writeFile(content);
    if (mode !== undefined) await file.chmod(mode);
    await rename(draft, folder.entry(name));
    return ok(undefined);
  } finally {
    await file.close();
    await rm(draft, { force: true });
  }
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

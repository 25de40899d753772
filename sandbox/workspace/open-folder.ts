import { constants, type Dirent } from "node:fs";
import { type FileHandle, mkdir, open, readdir, readlink } from "node:fs/promises";
import path from "node:path";

/**
 * A folder held open: on Linux whatever is named through it stays in it, even when its path comes to mean another
 * place meanwhile. Elsewhere it is its path.
 */
export class OpenFolder {
  readonly real: string;
  readonly #handle: FileHandle | undefined;

  private constructor(real: string, handle: FileHandle | undefined) {
    this.real = real;
    this.#handle = handle;
  }

  /** Opens a folder by a path without links; undefined when something else is there by now. */
  static async open(real: string): Promise<OpenFolder | undefined> {
    if (process.platform !== "linux") return new OpenFolder(real, undefined);
    return OpenFolder.#openAt(real, real);
  }

  static async #openAt(reached: string, real: string): Promise<OpenFolder | undefined> {
    const handle = await open(reached, constants.O_RDONLY | constants.O_DIRECTORY | constants.O_NOFOLLOW);
    if (await isAt(handle, real)) return new OpenFolder(real, handle);
    await handle.close();
    return undefined;
  }

  /** What to give the system for an entry of this folder. */
  entry(name: string): string {
    return path.join(this.#handle ? `/proc/self/fd/${this.#handle.fd}` : this.real, name);
  }

  /** Opens a folder in it, made when it is missing; undefined when a link or another folder came in between. */
  async enter(name: string): Promise<OpenFolder | undefined> {
    await mkdir(this.entry(name)).catch(ignoreExisting);
    const real = path.join(this.real, name);
    return this.#handle ? OpenFolder.#openAt(this.entry(name), real) : new OpenFolder(real, undefined);
  }

  entries(): Promise<Dirent[]> {
    return readdir(this.entry("."), { withFileTypes: true });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#handle?.close();
  }
}

/** Whether an open file was opened at this path (it may have been replaced since); true where the system can't tell. */
export async function isAt(file: FileHandle, expected: string): Promise<boolean> {
  if (process.platform !== "linux") return true;
  const actual = await readlink(`/proc/self/fd/${file.fd}`);
  return actual === expected || actual === `${expected} (deleted)`;
}

function ignoreExisting(error: NodeJS.ErrnoException): void {
  if (error.code !== "EEXIST") throw error;
}

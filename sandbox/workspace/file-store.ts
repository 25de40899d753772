import type { Result } from "#common/result.ts";
import type { FileChange, FileEntry, FileRefusal } from "./workspace.ts";

/** Which bytes of a file. */
export interface ByteRange {
  readonly offset: number;
  readonly length: number;
}

/** Some bytes of a file, and how many it has in all. */
export interface FileBytes {
  readonly bytes: Buffer;
  readonly size: number;
}

/** Where the files of a run are kept. Its paths are in normal form already (`""` is the root). */
export interface FileStore {
  read(path: string, range: ByteRange): Promise<Result<FileBytes, FileRefusal>>;
  write(path: string, content: Uint8Array): Promise<Result<void, FileRefusal>>;
  /** Bytes of a regular file; undefined when there is none that may be read. */
  size(path: string): Promise<number | undefined>;
  list(path: string): Promise<Result<FileEntry[], FileRefusal>>;
  changes(): Promise<readonly FileChange[]>;
}

/** The entries directly below a folder, when all that is known are the paths of files. */
export function entriesBelow(folder: string, files: Iterable<string>): Map<string, FileEntry> {
  const prefix = folder === "" ? "" : `${folder}/`;
  const entries = new Map<string, FileEntry>();
  for (const file of files) {
    if (!file.startsWith(prefix)) continue;
    const [name = "", ...rest] = file.slice(prefix.length).split("/");
    entries.set(name, { name, directory: rest.length > 0 });
  }
  return entries;
}

export function sortedByName(entries: Iterable<FileEntry>): FileEntry[] {
  return [...entries].toSorted((one, other) => (one.name < other.name ? -1 : 1));
}

import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { type Pack, pack } from "tar-stream";
import type { ImageEntry } from "./image-entry.ts";

/** The image's file system as a tar stream. The same content gives the same bytes: no times, no owners, sorted. */
export function imageArchive(entries: readonly ImageEntry[]): Readable {
  const archive = pack();
  void writeEntries(archive, entries).catch((error: Error) => archive.destroy(error));
  return Readable.from(archive);
}

async function writeEntries(archive: Pack, entries: readonly ImageEntry[]): Promise<void> {
  for (const entry of entries) {
    const header = { name: entry.path.slice(1), mode: entry.mode, mtime: new Date(0), uid: 0, gid: 0 };
    if (entry.kind === "folder") archive.entry({ ...header, type: "directory" });
    else if (entry.kind === "text") archive.entry(header, entry.text);
    else {
      const { size } = await stat(entry.hostPath);
      await pipeline(createReadStream(entry.hostPath), archive.entry({ ...header, size }));
    }
  }
  archive.finalize();
}

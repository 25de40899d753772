import { gzipSync } from "node:zlib";
import type { PageFile } from "#protocol/page/page-data.ts";

/** Packed bytes for the texts of all files: what a page of 6 MB has left beside its scripts, its events and its report. */
const mostPackedBytes = 1_000_000;

/** A text longer than this is a file that nobody reviews by reading. */
const longestText = 1024 * 1024;

/** The files for which there is room, the first ones first; of the others the page says that there was none. */
export function filesThatFit(files: readonly PageFile[]): readonly PageFile[] {
  let room = mostPackedBytes;
  return files.map((file) => {
    const texts = `${file.before ?? ""}${file.after ?? ""}`;
    const packed = texts.length > 2 * longestText ? room + 1 : gzipSync(texts).length;
    if (packed > room) return withoutTexts(file, "There was no room for it in this report.");
    room -= packed;
    return file;
  });
}

/** A file whose texts are not shown, and why. */
export function withoutTexts({ path, status, from }: PageFile, leftOut: string): PageFile {
  return { path, status, ...(from !== undefined && { from }), leftOut };
}

/** A file's bytes as text, or why they are none. */
export function textOf(bytes: Uint8Array): { readonly text: string } | { readonly leftOut: string } {
  try {
    return { text: new TextDecoder("utf-8", { fatal: true }).decode(bytes) };
  } catch {
    // Binary, or in an encoding of its own.
    return { leftOut: `${bytes.length} bytes that are no text.` };
  }
}

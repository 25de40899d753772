import type { FileHandle } from "node:fs/promises";
import { open } from "node:fs/promises";

/** What the dynamic loader needs to know of an ELF file. */
export interface ElfFacts {
  /** `e_machine`: 62 is x86-64, 183 is AArch64. */
  readonly machine: number;
  /** Path of the loader; undefined for a library. */
  readonly interpreter: string | undefined;
  /** Names of the libraries it needs, as `libc.so.6`. */
  readonly needed: readonly string[];
}

interface Segment {
  readonly type: number;
  readonly offset: number;
  readonly address: number;
  readonly size: number;
}

const segmentType = { load: 1, dynamic: 2, interpreter: 3 } as const;
const dynamicTag = { needed: 1, stringTable: 5, stringTableSize: 10 } as const;

/**
 * Reads the parts of a 64-bit little-endian ELF file that name its libraries, without reading the rest (the Node
 * binary has 150 MB). Gives undefined for anything else. Layout: the System V ABI, "Object Files".
 */
export async function readElf(path: string): Promise<ElfFacts | undefined> {
  await using file = await open(path, "r");
  const header = await readAt(file, 0, 64);
  if (header.length < 64 || header.readUInt32BE(0) !== 0x7f454c46 || header[4] !== 2 || header[5] !== 1)
    return undefined;
  const segments = await readSegments(file, header);
  const interpreter = segments.find(({ type }) => type === segmentType.interpreter);
  return {
    machine: header.readUInt16LE(18),
    interpreter: interpreter && textAt(await readAt(file, interpreter.offset, interpreter.size), 0),
    needed: await readNeeded(file, segments),
  };
}

async function readSegments(file: FileHandle, header: Buffer): Promise<Segment[]> {
  const entrySize = header.readUInt16LE(54);
  const count = header.readUInt16LE(56);
  const table = await readAt(file, Number(header.readBigUInt64LE(32)), entrySize * count);
  return Array.from({ length: count }, (_, index) => {
    const entry = table.subarray(index * entrySize);
    return {
      type: entry.readUInt32LE(0),
      offset: Number(entry.readBigUInt64LE(8)),
      address: Number(entry.readBigUInt64LE(16)),
      size: Number(entry.readBigUInt64LE(32)),
    };
  });
}

async function readNeeded(file: FileHandle, segments: readonly Segment[]): Promise<string[]> {
  const dynamic = segments.find(({ type }) => type === segmentType.dynamic);
  if (!dynamic) return [];
  const entries = dynamicEntries(await readAt(file, dynamic.offset, dynamic.size));
  const tagged = (tag: number) => entries.find((entry) => entry.tag === tag)?.value ?? 0;
  const offset = fileOffset(segments, tagged(dynamicTag.stringTable));
  const names = await readAt(file, offset, tagged(dynamicTag.stringTableSize));
  return entries.filter(({ tag }) => tag === dynamicTag.needed).map(({ value }) => textAt(names, value));
}

function dynamicEntries(section: Buffer): { tag: number; value: number }[] {
  return Array.from({ length: Math.floor(section.length / 16) }, (_, index) => ({
    tag: Number(section.readBigInt64LE(index * 16)),
    value: Number(section.readBigUInt64LE(index * 16 + 8)),
  }));
}

function fileOffset(segments: readonly Segment[], address: number): number {
  const holder = segments.find(
    (segment) =>
      segment.type === segmentType.load &&
      address >= segment.address &&
      address < segment.address + segment.size,
  );
  return holder ? holder.offset + address - holder.address : address;
}

async function readAt(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, position);
  return buffer.subarray(0, bytesRead);
}

function textAt(bytes: Buffer, start: number): string {
  const end = bytes.indexOf(0, start);
  return bytes.toString("latin1", start, end === -1 ? undefined : end);
}

const entrySignature = 0x02014b50;
const entryBytes = 46;
const sizeOffset = 24;

/** Bytes that the entries of a zip archive say they have when unpacked; the unpacker allocates no more than that. */
export function unpackedSize(archive: Uint8Array): number {
  const view = new DataView(archive.buffer, archive.byteOffset, archive.byteLength);
  let size = 0;
  for (let at = 0; at + entryBytes <= archive.length; at++) {
    if (archive[at] !== 0x50 || view.getUint32(at, true) !== entrySignature) continue;
    size += view.getUint32(at + sizeOffset, true);
    at += entryBytes - 1;
  }
  return size;
}

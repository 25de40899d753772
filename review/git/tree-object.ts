import type { TreeEntry } from "#review/trees/source-tree.ts";

/** Modes in trees; every other one is an ordinary file to git. */
const kinds: Readonly<Record<string, TreeEntry["kind"]>> = {
  "40000": "folder",
  "040000": "folder",
  "100755": "executable",
  "120000": "link",
  "160000": "submodule",
};

/** Reads a tree object, as git keeps it: mode, name and id of each entry. Undefined when it is none, or names one twice. */
export function parseTreeObject(
  content: Buffer,
  { idBytes, folder }: { readonly idBytes: number; readonly folder: string },
): readonly TreeEntry[] | undefined {
  const entries = new Map<string, TreeEntry>();
  let position = 0;
  while (position < content.length) {
    const blank = content.indexOf(0x20, position);
    const end = blank < 0 ? -1 : content.indexOf(0, blank);
    if (end < 0 || end + 1 + idBytes > content.length) return undefined;
    const mode = content.toString("latin1", position, blank);
    if (!/^[0-7]{5,6}$/.test(mode)) return undefined;
    const path = `${folder}${plainName(content.subarray(blank + 1, end))}`;
    if (entries.has(path)) return undefined;
    const id = content.toString("hex", end + 1, end + 1 + idBytes);
    entries.set(path, { path, kind: kinds[mode] ?? "file", id });
    position = end + 1 + idBytes;
  }
  return [...entries.values()];
}

/** A name as it may stand in a path: it can lead nowhere else, and no two names become the same. */
function plainName(bytes: Buffer): string {
  const text = decoded(bytes) ?? bytes.toString("latin1");
  const isText = text === decoded(bytes);
  if (/^\.{0,2}$/.test(text)) return text === "" ? "\\x" : text.replaceAll(".", "\\x2e");
  return text.replace(isText ? /[/\\]/g : /[/\\\x80-\xff]/g, (character) => hex(character.charCodeAt(0)));
}

function decoded(bytes: Buffer): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    // Names are bytes to git; those of old systems are in other encodings.
    return undefined;
  }
}

function hex(byte: number): string {
  return `\\x${byte.toString(16).padStart(2, "0")}`;
}

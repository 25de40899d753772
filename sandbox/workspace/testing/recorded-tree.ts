import { fail, ok } from "#common/result.ts";
import type { FileTree, RecordedFile } from "../file-tree.ts";

/** A tree of files in memory; of a text that begins with `→` a link. */
export function recordedTree(files: Readonly<Record<string, string>>, name = "0123abcd"): FileTree {
  const entries = Object.entries(files).map(
    ([path, text]): RecordedFile => ({ path, kind: text.startsWith("→") ? "link" : "file", id: text }),
  );
  return {
    name,
    find: async (path) => ok(entries.find((entry) => entry.path === path)),
    list: async (folder) => ok(entries.filter(({ path }) => folder === "" || path.startsWith(`${folder}/`))),
    read: async ({ id }, most) =>
      Buffer.byteLength(id) > most ? fail({ message: "It is too large." }) : ok(Buffer.from(id)),
  };
}

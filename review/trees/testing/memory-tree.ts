import { fail, ok, type Result } from "#common/result.ts";
import type { ReviewProblem } from "#review/review-problem.ts";
import type { SourceTree, TreeEntry, TreeFileKind, TreeSource } from "#review/trees/source-tree.ts";
import { WalkableTree } from "#review/trees/walkable-tree.ts";

/** A file of a tree for tests: its text, or its bytes, or what else it is. */
export type MemoryFile = string | Uint8Array | { readonly kind: TreeFileKind; readonly content: string };

/** A tree that is written down in a test. Ids stand for contents, as those of git do. */
export function memoryTree(files: Readonly<Record<string, MemoryFile>>, name = "memory"): SourceTree {
  return new WalkableTree(new MemoryTree(new Map(Object.entries(files)), name));
}

class MemoryTree implements TreeSource {
  readonly name: string;
  readonly #files: ReadonlyMap<string, MemoryFile>;

  constructor(files: ReadonlyMap<string, MemoryFile>, name: string) {
    this.#files = files;
    this.name = name;
  }

  async folder(entry?: TreeEntry): Promise<Result<readonly TreeEntry[], ReviewProblem>> {
    const prefix = entry ? `${entry.path}/` : "";
    const entries = new Map<string, TreeEntry>();
    for (const [path, file] of this.#files) {
      if (!path.startsWith(prefix)) continue;
      const end = path.indexOf("/", prefix.length);
      const found = end < 0 ? fileEntry(path, file) : this.#folderEntry(path.slice(0, end));
      entries.set(found.path, found);
    }
    return ok([...entries.values()]);
  }

  async read({ path }: TreeEntry, mostBytes: number): Promise<Result<Uint8Array, ReviewProblem>> {
    const bytes = bytesOf(this.#files.get(path) ?? "");
    return bytes.length <= mostBytes ? ok(bytes) : fail({ code: "tree-too-large", message: path });
  }

  #folderEntry(path: string): TreeEntry {
    const inside = [...this.#files].filter(([file]) => file.startsWith(`${path}/`));
    return {
      path,
      kind: "folder",
      id: JSON.stringify(inside.map(([file, content]) => [file, idOf(content)])),
    };
  }
}

function fileEntry(path: string, file: MemoryFile): TreeEntry {
  const kind = typeof file === "string" || file instanceof Uint8Array ? "file" : file.kind;
  return { path, kind, id: idOf(file) };
}

function idOf(file: MemoryFile): string {
  return typeof file === "string" ? file : JSON.stringify([...bytesOf(file)]);
}

function bytesOf(file: MemoryFile): Uint8Array {
  if (file instanceof Uint8Array) return file;
  return new TextEncoder().encode(typeof file === "string" ? file : file.content);
}

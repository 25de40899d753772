import { fail, ok, type Result } from "#common/result.ts";
import type { ReviewProblem } from "#review/review-problem.ts";
import type { SourceTree, TreeEntry, TreeFile, TreeFileKind, TreeSource } from "#review/trees/source-tree.ts";

/** What a patch makes of a path. */
export interface PatchedFile {
  readonly kind: TreeFileKind;
  /** Undefined where the patch only says that something changes: binary files. */
  readonly content: Uint8Array | undefined;
}

/** Ids of what a patch made; those of git are digits alone. */
const folderPrefix = "patched-folder:";
const filePrefix = "patched-file:";

/** A tree with a patch applied, in memory. */
export class PatchedTree implements TreeSource {
  readonly name = "patch";
  readonly #base: SourceTree;
  /** By path; undefined is deleted. */
  readonly #files = new Map<string, PatchedFile | undefined>();
  readonly #folders = new Set<string>();

  constructor(base: SourceTree) {
    this.#base = base;
  }

  /** Takes a file as the patch leaves it; undefined deletes it. */
  set(path: string, file: PatchedFile | undefined): void {
    this.#files.set(path, file);
    for (let end = path.lastIndexOf("/"); end > 0; end = path.lastIndexOf("/", end - 1))
      this.#folders.add(path.slice(0, end));
  }

  /** A file as it stands now: patched, else that of the base. */
  async current(path: string, mostBytes: number): Promise<Result<PatchedFile | undefined, ReviewProblem>> {
    if (this.#files.has(path)) return ok(this.#files.get(path));
    const file = await this.#base.find(path);
    if (!file.ok || !file.value) return file.ok ? ok(undefined) : file;
    const content = await this.#base.read(file.value, mostBytes);
    return content.ok ? ok({ kind: file.value.kind, content: content.value }) : content;
  }

  async folder(entry?: TreeEntry): Promise<Result<readonly TreeEntry[], ReviewProblem>> {
    if (entry && !entry.id.startsWith(folderPrefix)) return await this.#base.folder(entry);
    const below = await this.#unpatched(entry);
    if (!below.ok) return below;
    const prefix = entry ? `${entry.path}/` : "";
    const entries = new Map(below.value.map((each) => [each.path, each]));
    for (const path of this.#folders)
      if (isChild(path, prefix)) entries.set(path, patchedFolder(path, entries));
    for (const [path, file] of this.#files) {
      if (!isChild(path, prefix)) continue;
      if (file) entries.set(path, { path, kind: file.kind, id: `${filePrefix}${path}` });
      else if (entries.get(path)?.kind !== "folder") entries.delete(path);
    }
    return ok([...entries.values()]);
  }

  async read(file: TreeFile, mostBytes: number): Promise<Result<Uint8Array, ReviewProblem>> {
    if (!file.id.startsWith(filePrefix)) return await this.#base.read(file, mostBytes);
    const content = this.#files.get(file.path)?.content;
    if (content && content.length <= mostBytes) return ok(content);
    if (content)
      return fail({ code: "tree-too-large", message: `${file.path} has more than ${mostBytes} bytes.` });
    return fail({ code: "object-missing", message: `The patch does not hold the content of ${file.path}.` });
  }

  /** The same folder in the base; nothing where the patch made it. */
  async #unpatched(entry: TreeEntry | undefined): Promise<Result<readonly TreeEntry[], ReviewProblem>> {
    if (!entry) return await this.#base.folder();
    const id = entry.id.slice(folderPrefix.length);
    return id === "" ? ok([]) : await this.#base.folder({ ...entry, id });
  }
}

function isChild(path: string, prefix: string): boolean {
  return path.startsWith(prefix) && path.length > prefix.length && !path.includes("/", prefix.length);
}

function patchedFolder(path: string, entries: ReadonlyMap<string, TreeEntry>): TreeEntry {
  const below = entries.get(path);
  return { path, kind: "folder", id: `${folderPrefix}${below?.kind === "folder" ? below.id : ""}` };
}

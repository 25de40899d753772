import { fail, ok, type Result } from "#common/result.ts";
import type { ReviewProblem } from "#review/review-problem.ts";
import type { SourceTree, TreeEntry, TreeFile, TreeSource } from "#review/trees/source-tree.ts";

/** Folders within folders; more than any system can check out. */
const mostLevels = 128;
/** Folders that are remembered, by their id. */
const mostKept = 20_000;

/** Counts what a walk meets: trees may hold themselves in more copies than anybody can count. */
export class WalkBudget {
  readonly #most: number;
  #met = 0;

  constructor(most: number) {
    this.#most = most;
  }

  /** False when there is no room for so many more, or a path is too deep. */
  take(count: number, level: number): boolean {
    this.#met += count;
    return this.#met <= this.#most && level <= mostLevels;
  }

  /** Whether there is room for anything more. */
  get isSpent(): boolean {
    return this.#met > this.#most;
  }

  get problem(): ReviewProblem {
    return {
      code: "tree-too-large",
      message: `There are more than ${this.#most.toLocaleString("en")} files and folders to look at, or more than ${mostLevels} folders within each other.`,
      remedy: "Review the change in parts: a shorter range of commits at a time.",
    };
  }
}

/** Makes a tree of what tells its folders: paths are found, and files listed, folder by folder. */
export class WalkableTree implements SourceTree {
  readonly #source: TreeSource;
  readonly #known = new Map<string, readonly TreeEntry[]>();

  constructor(source: TreeSource) {
    this.#source = source;
  }

  get name(): string {
    return this.#source.name;
  }

  async folder(entry?: TreeEntry): Promise<Result<readonly TreeEntry[], ReviewProblem>> {
    const key = entry ? `${entry.id} ${entry.path}` : "";
    const known = this.#known.get(key);
    if (known) return ok(known);
    const entries = await this.#source.folder(entry);
    if (entries.ok && this.#known.size < mostKept) this.#known.set(key, entries.value);
    return entries;
  }

  read(file: TreeFile, mostBytes: number): Promise<Result<Uint8Array, ReviewProblem>> {
    return this.#source.read(file, mostBytes);
  }

  async find(path: string): Promise<Result<TreeFile | undefined, ReviewProblem>> {
    const found = await this.#entry(path);
    if (!found.ok) return found;
    return ok(found.value && isFile(found.value) ? found.value : undefined);
  }

  async list(folder: string, most: number): Promise<Result<readonly TreeFile[], ReviewProblem>> {
    const start = folder === "" ? ok(undefined) : await this.#entry(folder);
    if (!start.ok) return start;
    if (folder !== "" && start.value?.kind !== "folder") return ok([]);
    return await this.#filesIn(start.value, new WalkBudget(most), 0);
  }

  async #filesIn(
    folder: TreeEntry | undefined,
    budget: WalkBudget,
    level: number,
  ): Promise<Result<readonly TreeFile[], ReviewProblem>> {
    const entries = await this.folder(folder);
    if (!entries.ok) return entries;
    if (!budget.take(entries.value.length, level)) return fail(budget.problem);
    const files: TreeFile[] = [];
    for (const entry of entries.value) {
      if (isFile(entry)) files.push(entry);
      else {
        const inside = await this.#filesIn(entry, budget, level + 1);
        if (!inside.ok) return inside;
        files.push(...inside.value);
      }
    }
    return ok(files);
  }

  async #entry(path: string): Promise<Result<TreeEntry | undefined, ReviewProblem>> {
    const names = path.split("/");
    let entry: TreeEntry | undefined;
    for (const index of names.keys()) {
      if (index > mostLevels || (entry && entry.kind !== "folder")) return ok(undefined);
      const entries: Result<readonly TreeEntry[], ReviewProblem> = await this.folder(entry);
      if (!entries.ok) return entries;
      const wanted = names.slice(0, index + 1).join("/");
      entry = entries.value.find((each) => each.path === wanted);
      if (!entry) return ok(undefined);
    }
    return ok(entry);
  }
}

/** Whether an entry is a file, be it a link or a submodule. */
export function isFile(entry: TreeEntry): entry is TreeFile {
  return entry.kind !== "folder";
}

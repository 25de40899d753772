import { fail, ok, type Result } from "#common/result.ts";
import type { ReviewProblem } from "#review/review-problem.ts";
import type { SourceTree, TreeEntry, TreeFile } from "#review/trees/source-tree.ts";
import { isFile, WalkBudget } from "#review/trees/walkable-tree.ts";

/** A path at which two trees differ. */
export interface FileDifference {
  readonly path: string;
  readonly before?: TreeFile;
  readonly after?: TreeFile;
}

/** More than any person reviews at a time. */
const mostEntries = 50_000;

/** Every file in which two trees differ, in the order of their paths. Folders with the same id are not opened. */
export async function compareTrees(
  base: SourceTree,
  head: SourceTree,
): Promise<Result<readonly FileDifference[], ReviewProblem>> {
  const comparison = new Comparison(base, head);
  const problem = await comparison.folders(undefined, undefined, 0);
  if (problem) return fail(problem);
  return ok(comparison.differences.sort((one, other) => (one.path < other.path ? -1 : 1)));
}

class Comparison {
  readonly differences: FileDifference[] = [];
  readonly #base: SourceTree;
  readonly #head: SourceTree;
  readonly #budget = new WalkBudget(mostEntries);

  constructor(base: SourceTree, head: SourceTree) {
    this.#base = base;
    this.#head = head;
  }

  /** Compares two folders; `"none"` is one that a side has not. */
  async folders(
    before: TreeEntry | "none" | undefined,
    after: TreeEntry | "none" | undefined,
    level: number,
  ): Promise<ReviewProblem | undefined> {
    if (this.#budget.isSpent) return this.#budget.problem;
    const [old, current] = await Promise.all([
      before === "none" ? ok([]) : this.#base.folder(before),
      after === "none" ? ok([]) : this.#head.folder(after),
    ]);
    if (!old.ok) return old.error;
    if (!current.ok) return current.error;
    const pairs = differing(old.value, current.value);
    if (!this.#budget.take(pairs.length, level)) return this.#budget.problem;
    const problems = await Promise.all(pairs.map((pair) => this.#pair(pair, level)));
    return problems.find((problem) => problem !== undefined);
  }

  async #pair({ path, before, after }: EntryPair, level: number): Promise<ReviewProblem | undefined> {
    const [old, current] = [before && isFile(before), after && isFile(after)];
    if (old || current) {
      const files = { ...(before && old && { before }), ...(after && current && { after }) };
      this.differences.push({ path, ...(files as Omit<FileDifference, "path">) });
    }
    const folders = [before, after].map((entry) => (entry && !isFile(entry) ? entry : ("none" as const)));
    const [oldFolder = "none", newFolder = "none"] = folders;
    if (oldFolder === "none" && newFolder === "none") return undefined;
    return await this.folders(oldFolder, newFolder, level + 1);
  }
}

interface EntryPair {
  readonly path: string;
  readonly before?: TreeEntry;
  readonly after?: TreeEntry;
}

function differing(before: readonly TreeEntry[], after: readonly TreeEntry[]): EntryPair[] {
  const old = new Map(before.map((entry) => [entry.path, entry]));
  const current = new Map(after.map((entry) => [entry.path, entry]));
  const pairs = [...new Set([...old.keys(), ...current.keys()])].map((path) => {
    const [one, other] = [old.get(path), current.get(path)];
    return { path, ...(one && { before: one }), ...(other && { after: other }) };
  });
  return pairs.filter((pair) => pair.before?.id !== pair.after?.id || pair.before?.kind !== pair.after?.kind);
}

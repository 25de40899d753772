import { ok, type Result } from "#common/result.ts";
import { openGitTree } from "#review/git/git-tree.ts";
import { ObjectDatabase } from "#review/git/object-database.ts";
import type { ReviewProblem } from "#review/review-problem.ts";
import type { SourceTree } from "#review/trees/source-tree.ts";

/** Lets the files of a commit be read out of the repository's objects as long as `act` takes. */
export async function withRevision<Value>(
  repository: string,
  revision: string,
  act: (tree: SourceTree) => Promise<Value>,
): Promise<Result<Value, ReviewProblem>> {
  const objects = await ObjectDatabase.open(repository, new AbortController().signal);
  if (!objects.ok) return objects;
  try {
    const commit = await objects.value.commit(revision);
    if (!commit.ok) return commit;
    const tree = await openGitTree(objects.value, commit.value);
    return tree.ok ? ok(await act(tree.value)) : tree;
  } finally {
    await objects.value.dispose();
  }
}

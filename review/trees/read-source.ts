import { ok, type Result } from "#common/result.ts";
import type { ReviewProblem } from "#review/review-problem.ts";
import type { SourceTree } from "#review/trees/source-tree.ts";

/** The text of a file; undefined when there is none, or it is a link, no text, or longer than that. */
export async function readSource(
  tree: SourceTree,
  path: string,
  mostBytes: number,
): Promise<Result<string | undefined, ReviewProblem>> {
  const file = await tree.find(path);
  if (!file.ok) return file;
  if (!file.value || file.value.kind === "link" || file.value.kind === "submodule") return ok(undefined);
  const bytes = await tree.read(file.value, mostBytes);
  if (bytes.ok) return ok(textOf(bytes.value));
  return bytes.error.code === "tree-too-large" ? ok(undefined) : bytes;
}

function textOf(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    // A run refuses what is no UTF-8, and so there is nothing to say of it.
    return undefined;
  }
}

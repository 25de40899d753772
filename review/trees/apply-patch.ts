import { applyPatch, parsePatch, type StructuredPatch } from "diff";
import { fail, ok, type Result } from "#common/result.ts";
import type { ReviewProblem } from "#review/review-problem.ts";
import { type PatchedFile, PatchedTree } from "#review/trees/patched-tree.ts";
import type { SourceTree, TreeFileKind } from "#review/trees/source-tree.ts";
import { WalkableTree } from "#review/trees/walkable-tree.ts";

const mostPatchCharacters = 32 * 1024 * 1024;
const mostFileBytes = 8 * 1024 * 1024;

/** Applies a patch, or a series of them, as `git diff` and `git format-patch` write them. */
export async function applyToTree(
  base: SourceTree,
  text: string,
): Promise<Result<SourceTree, ReviewProblem>> {
  if (text.length > mostPatchCharacters) return fail(invalid("it is longer than 32 MiB"));
  const parsed = parse(text);
  if (!parsed.ok) return parsed;
  const tree = new PatchedTree(base);
  const hasBinary = /^GIT binary patch\r?$/m.test(text);
  for (const patch of parsed.value) {
    const problem = await applyOne(tree, patch, hasBinary);
    if (problem) return fail(problem);
  }
  return ok(new WalkableTree(tree));
}

function parse(text: string): Result<readonly StructuredPatch[], ReviewProblem> {
  try {
    const patches = parsePatch(text.replace(mailSignature, "")).filter(
      ({ oldFileName, newFileName }) => oldFileName ?? newFileName,
    );
    return patches.length > 0 ? ok(patches) : fail(invalid("it names no file"));
  } catch (error) {
    return fail(invalid(error instanceof Error ? error.message : String(error)));
  }
}

/** What `git format-patch` ends a mail with: git's version. The parser would take it for a line too many. */
const mailSignature = /^-- \r?\n\d+\.\d[^\n]*\n(?=\r?\n|(?![\s\S]))/gm;

async function applyOne(
  tree: PatchedTree,
  patch: StructuredPatch,
  hasBinary: boolean,
): Promise<ReviewProblem | undefined> {
  const from = pathOf(patch.oldFileName, "a/");
  const to = pathOf(patch.newFileName, "b/");
  if (!from.ok) return from.error;
  if (!to.ok) return to.error;
  const isNew = patch.isCreate === true || from.value === undefined;
  const before =
    isNew || from.value === undefined ? ok(undefined) : await tree.current(from.value, mostFileBytes);
  if (!before.ok) return before.error;
  if (!isNew && !before.value) return doesNotApply(from.value, "there is no such file");
  const isDeleted = patch.isDelete === true || to.value === undefined;
  if (from.value !== undefined && !isNew && (isDeleted || patch.isRename)) tree.set(from.value, undefined);
  if (isDeleted || to.value === undefined) return undefined;
  const after = changed(patch, before.value, hasBinary);
  if (!after) return doesNotApply(to.value, "its lines are not those that the patch was made from");
  tree.set(to.value, after);
  return undefined;
}

/** The file behind a patch; undefined when the patch does not fit it. */
function changed(
  patch: StructuredPatch,
  before: PatchedFile | undefined,
  hasBinary: boolean,
): PatchedFile | undefined {
  const kind = kindOf(patch.newMode) ?? before?.kind ?? "file";
  if (patch.isBinary || (hasBinary && patch.hunks.length === 0)) return { kind, content: undefined };
  if (patch.hunks.length === 0) return { kind, content: before?.content ?? new Uint8Array() };
  const text = textOf(before?.content ?? new Uint8Array());
  const patched = text === undefined ? false : applyPatch(text, patch, { autoConvertLineEndings: false });
  return patched === false ? undefined : { kind, content: new TextEncoder().encode(patched) };
}

const kinds: Readonly<Record<string, TreeFileKind>> = {
  "100644": "file",
  "100755": "executable",
  "120000": "link",
  "160000": "submodule",
};

function kindOf(mode: string | undefined): TreeFileKind | undefined {
  return mode === undefined ? undefined : kinds[mode];
}

/** The path that a header names; undefined for `/dev/null`. A path that leads out of the repository is refused. */
function pathOf(name: string | undefined, prefix: string): Result<string | undefined, ReviewProblem> {
  if (name === undefined || name === "/dev/null") return ok(undefined);
  const path = name.startsWith(prefix) ? name.slice(prefix.length) : name;
  const isPlain = path.split("/").every((part) => !/^\.{0,2}$/.test(part)) && !/[\\\0]/.test(path);
  return isPlain ? ok(path) : fail(invalid(`${JSON.stringify(path)} is no path of a repository`));
}

function textOf(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    // A patch of text does not fit a file that is none.
    return undefined;
  }
}

function invalid(why: string): ReviewProblem {
  return {
    code: "patch-invalid",
    message: `This is no patch that can be read: ${why}.`,
    remedy: "Write it with `git diff` or `git format-patch`.",
  };
}

function doesNotApply(file: string | undefined, why: string): ReviewProblem {
  return {
    code: "patch-does-not-apply",
    message: `The patch does not fit ${file ?? "the repository"}: ${why}.`,
    remedy: "Name the commit that it was made from as its base.",
  };
}

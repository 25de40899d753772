import { ok, type Result } from "#common/result.ts";
import { fileKindOf } from "#language/diagnostics/file-kind.ts";
import type { PageFile, ReviewPage } from "#protocol/page/page-data.ts";
import type { ReviewedFile } from "#protocol/reports/review-report.ts";
import type { Review } from "#review/review.ts";
import type { ReviewProblem } from "#review/review-problem.ts";
import type { SourceTree } from "#review/trees/source-tree.ts";
import { cutTexts } from "./cut-texts.ts";
import { filesThatFit, textOf, withoutTexts } from "./page-files.ts";

const longestFile = 512 * 1024;
const longestText = 4000;
const mostFindings = 200;
const mostInTree = 20_000;

/** How many files that the change leaves alone come along, so that names in the changed ones lead somewhere. */
const mostUnchanged = 100;

/** Everything that a page shows of a change: its report, and both sides of its files, read where they are. */
export async function readReviewPage({
  report,
  base,
  head,
}: Review): Promise<Result<ReviewPage, ReviewProblem>> {
  const files: PageFile[] = [];
  for (const file of report.files) {
    const read = await changedFile(file, base, head);
    if (!read.ok) return read;
    files.push(read.value);
  }
  const unchanged = await unchangedFiles(head, new Set(files.map(({ path }) => path)));
  if (!unchanged.ok) return unchanged;
  return ok({
    kind: "review",
    written: new Date().toISOString(),
    report: cutTexts(withFewerFindings(report), longestText),
    sides: { before: `Base ${base.name.slice(0, 12)}`, after: `Head ${head.name.slice(0, 12)}` },
    files: filesThatFit([...files, ...unchanged.value]),
  });
}

function withFewerFindings(report: Review["report"]): Review["report"] {
  const files = report.files.map((file) => ({
    ...file,
    diagnostics: file.diagnostics.slice(0, mostFindings),
  }));
  return { ...report, files };
}

async function changedFile(
  { file: path, from, status }: ReviewedFile,
  base: SourceTree,
  head: SourceTree,
): Promise<Result<PageFile, ReviewProblem>> {
  const file: PageFile = { path, status, ...(from !== undefined && { from }) };
  const before = status === "added" ? nothing : await sideOf(base, from ?? path);
  if (!before.ok) return before;
  const after = status === "deleted" ? nothing : await sideOf(head, path);
  if (!after.ok) return after;
  const leftOut = before.value.leftOut ?? after.value.leftOut;
  if (leftOut !== undefined) return ok(withoutTexts(file, leftOut));
  return ok({
    ...file,
    ...(before.value.text !== undefined && { before: before.value.text }),
    ...(after.value.text !== undefined && { after: after.value.text }),
  });
}

interface SideText {
  readonly text?: string;
  readonly leftOut?: string;
}

const nothing: Result<SideText, never> = ok({});

async function sideOf(tree: SourceTree, path: string): Promise<Result<SideText, ReviewProblem>> {
  const found = await tree.find(path);
  if (!found.ok) return found;
  if (!found.value) return nothing;
  if (found.value.kind === "link" || found.value.kind === "submodule")
    return ok({ leftOut: `It is a ${found.value.kind}, which is not followed.` });
  const read = await tree.read(found.value, longestFile);
  // What is too large for this page is no reason to have none.
  return read.ok ? ok(textOf(read.value)) : ok({ leftOut: read.error.message });
}

/** Procedures, sidecars and configs that the change leaves alone. */
async function unchangedFiles(
  head: SourceTree,
  changed: ReadonlySet<string>,
): Promise<Result<readonly PageFile[], ReviewProblem>> {
  const listed = await head.list("", mostInTree);
  // A repository with more files than that is shown without them.
  if (!listed.ok) return ok([]);
  const wanted = listed.value.filter(
    ({ path, kind }) => kind === "file" && !changed.has(path) && fileKindOf(path),
  );
  const files: PageFile[] = [];
  for (const { path } of wanted.slice(0, mostUnchanged)) {
    const side = await sideOf(head, path);
    if (!side.ok) return side;
    if (side.value.text !== undefined) files.push({ path, status: "unchanged", after: side.value.text });
  }
  return ok(files);
}

import type { LineIndex } from "#language/syntax/line-index.ts";
import type { SourceTree } from "#language/syntax/tree.ts";
import { commentFolds, type RegionMarker } from "./comment-folds.ts";
import type { Fold } from "./fold.ts";
import { nodeFolds } from "./node-folds.ts";
import { perStatement, placesOf } from "./statement-cache.ts";

/** Lines that an editor can hide: all from `startLine` to `endLine` but the first one. Lines count from 0. */
export interface FoldingRange {
  readonly startLine: number;
  readonly endLine: number;
  readonly kind?: "comment" | "region";
}

/** What folds in a file: blocks, tables, calls, long texts, scenarios, comments and regions. One range a line, the largest. */
export function foldingRanges(tree: SourceTree, lines: LineIndex): FoldingRange[] {
  const ranges = new Map<number, FoldingRange>();
  const markers: RegionMarker[] = [];
  const add = (range: FoldingRange): void => {
    const known = ranges.get(range.startLine);
    if (range.endLine > range.startLine && (known?.endLine ?? 0) < range.endLine)
      ranges.set(range.startLine, range);
  };
  for (const place of placesOf(tree)) {
    const { folds, regions } = foldsOf(tree, place);
    for (const fold of folds) add(linesOf(fold, place.base, tree.text, lines));
    for (const { offset, opens } of regions) markers.push({ offset: offset + place.base, opens });
  }
  for (const region of regionsOf(markers, lines)) add(region);
  return [...ranges.values()].sort((first, second) => first.startLine - second.startLine);
}

const foldsOf = perStatement((tree, place): { folds: readonly Fold[]; regions: readonly RegionMarker[] } => {
  const { folds, regions } = commentFolds(tree, place);
  return { folds: [...nodeFolds(tree, place), ...folds], regions };
});

function linesOf(
  { start, end, hasCloser, kind }: Fold,
  base: number,
  text: string,
  lines: LineIndex,
): FoldingRange {
  const startLine = lines.positionAt(base + start).line;
  const last = lines.positionAt(base + end);
  const beginsLine = closersOnly.test(text.slice(base + end - last.character, base + end));
  const endLine = hasCloser && beginsLine ? last.line - 1 : last.line;
  return { startLine, endLine, ...(kind && { kind }) };
}

/** Nothing stands on the line but what closes something: `end)`, `]])`. */
const closersOnly = /^[\s\])}=]*(end)?[\s\])}]*$/;

/** Markers match as brackets do; one without its partner folds nothing. */
function regionsOf(markers: readonly RegionMarker[], lines: LineIndex): FoldingRange[] {
  const open: number[] = [];
  const ranges: FoldingRange[] = [];
  for (const { offset, opens } of markers) {
    const { line } = lines.positionAt(offset);
    if (opens) open.push(line);
    else {
      const startLine = open.pop();
      if (startLine !== undefined) ranges.push({ startLine, endLine: line, kind: "region" });
    }
  }
  return ranges;
}

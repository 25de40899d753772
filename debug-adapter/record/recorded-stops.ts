import type { BreakpointBook, NameBreakpoint } from "../breakpoint-book.ts";
import { pictureAt } from "./picture.ts";
import type { Moment, RunRecord } from "./run-record.ts";

/** Numbers of the breakpoints at which a moment of the record stands. Conditions are code, and no code runs in the past. */
export function hitsAt(record: RunRecord, position: number, book: BreakpointBook): readonly number[] {
  const moment = record.moments[position];
  if (!moment) return [];
  return [...lineHits(record, moment, book), ...nameHits(moment, book), ...stateHits(record, position, book)];
}

/** A breakpoint on a line without a checkpoint stands for the next one that has some. */
function lineHits(record: RunRecord, moment: Moment, { lines }: BreakpointBook): readonly number[] {
  if (moment.kind !== "checkpoint" || !moment.checkpoint.at) return [];
  const { file, line } = moment.checkpoint.at;
  return (lines.get(file) ?? [])
    .filter(({ logMessage }) => logMessage === undefined)
    .filter((breakpoint) => nextCheckpointLine(record, file, breakpoint.line) === line)
    .map(({ id }) => id);
}

/** Kinds of checkpoints that are about a tool, an agent, a procedure. */
const checkpointKinds: Readonly<Record<string, string>> = {
  tool: "tool",
  host: "tool",
  turn: "agent",
  model: "agent",
  procedure: "procedure",
};

function nameHits(moment: Moment, { names }: BreakpointBook): readonly number[] {
  if (moment.kind !== "checkpoint") return [];
  const { index, kind, name } = moment.checkpoint;
  const fits = (breakpoint: NameBreakpoint): boolean => {
    const wanted = breakpoint.name;
    if (breakpoint.kind === "checkpoint")
      return wanted === undefined || wanted === name || wanted === String(index);
    const kindFits = breakpoint.kind === undefined || breakpoint.kind === checkpointKinds[kind];
    return kindFits && (wanted === undefined || wanted === name);
  };
  return names.filter(fits).map(({ id }) => id);
}

function stateHits(record: RunRecord, position: number, { state }: BreakpointBook): readonly number[] {
  if (state.length === 0) return [];
  const changed = pictureAt(record, position)?.changed ?? new Map();
  return state.filter(({ key }) => changed.has(key)).map(({ id }) => id);
}

/** Where a forward run through the record comes to a halt: a breakpoint, or its end. */
export function nextStop(record: RunRecord, from: number, book: BreakpointBook): number {
  const last = record.moments.length - 1;
  for (let position = from + 1; position < last; position++)
    if (hitsAt(record, position, book).length > 0) return position;
  return last;
}

/**
 * Where a run backwards comes to a halt: at the nearest earlier moment with a breakpoint; without one, at the moment
 * before.
 */
export function previousStop(record: RunRecord, from: number, book: BreakpointBook): number {
  for (let position = from - 1; position >= 0; position--)
    if (hitsAt(record, position, book).length > 0) return position;
  return from - 1;
}

/** The first line from this one on at which a checkpoint was made. */
export function nextCheckpointLine(record: RunRecord, file: string, from: number): number | undefined {
  const lines = record.moments.flatMap((moment) => {
    const at = moment.kind === "checkpoint" ? moment.checkpoint.at : undefined;
    return at?.file === file && at.line >= from ? [at.line] : [];
  });
  return lines.length > 0 ? Math.min(...lines) : undefined;
}

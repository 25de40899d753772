import type {
  GherkinScenario,
  GherkinWord,
  PlacedStep,
} from "#language/embedded/gherkin/gherkin-document.ts";
import {
  type CustomStep,
  matchStep,
  type StepArgument,
  type StepMatch,
} from "#language/embedded/gherkin/match-steps.ts";

/**
 * What a step of a document means, arguments relative to its text. In an outline the `<names>` are filled from the first
 * row of its examples for that; a name without a value counts as a number, which fits most parameters.
 */
export function matchPlacedStep<Custom extends CustomStep>(
  { step, scenario }: PlacedStep,
  customSteps: readonly Custom[] = [],
): StepMatch<Custom> | undefined {
  const { text } = step.text;
  const isOutline = scenario !== undefined && scenario.examples.length > 0;
  const names = isOutline ? outlineNames(text) : [];
  if (names.length === 0) return matchStep(text, customSteps);
  const pieces = fill(text, names, firstRow(scenario));
  const match = matchStep(pieces.map(({ filled }) => filled).join(""), customSteps);
  return match && { ...match, arguments: match.arguments.map((argument) => mapBack(argument, pieces, text)) };
}

/** The `<names>` in a text of an outline, brackets included in the span; relative to the text. */
export function outlineNames(text: string): GherkinWord[] {
  return Array.from(text.matchAll(/<([^<>\s][^<>]*)>/g), ({ 0: whole, 1: name = "", index }) => ({
    text: name,
    start: index,
    end: index + whole.length,
  }));
}

/** A stretch of the step, and what stands there when it is filled. */
interface Piece {
  readonly start: number;
  readonly end: number;
  readonly filled: string;
  readonly isName: boolean;
}

function firstRow(scenario: GherkinScenario | undefined): ReadonlyMap<string, string> {
  const examples = scenario?.examples.find(({ rows }) => rows.length > 0);
  const cells = examples?.rows[0]?.cells ?? [];
  return new Map(examples?.header?.cells.map(({ text }, index) => [text, cells[index]?.text ?? ""]));
}

function fill(text: string, names: readonly GherkinWord[], row: ReadonlyMap<string, string>): Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  for (const { text: name, start, end } of names) {
    pieces.push({ start: at, end: start, filled: text.slice(at, start), isName: false });
    pieces.push({ start, end, filled: row.get(name) || "1", isName: true });
    at = end;
  }
  return [...pieces, { start: at, end: text.length, filled: text.slice(at), isName: false }];
}

/** An argument's place in the step as it is written: names count whole. */
function mapBack(argument: StepArgument, pieces: readonly Piece[], text: string): StepArgument {
  let at = 0;
  let start = text.length;
  let end = 0;
  let isPlaceholder = false;
  for (const piece of pieces) {
    const from = Math.max(argument.start, at);
    const to = Math.min(argument.end, at + piece.filled.length);
    if (from < to) {
      isPlaceholder ||= piece.isName;
      start = Math.min(start, piece.isName ? piece.start : piece.start + from - at);
      end = Math.max(end, piece.isName ? piece.end : piece.start + to - at);
    }
    at += piece.filled.length;
  }
  if (start > end) return { ...argument, start: end, end, text: "" };
  return { ...argument, start, end, text: text.slice(start, end), ...(isPlaceholder && { isPlaceholder }) };
}

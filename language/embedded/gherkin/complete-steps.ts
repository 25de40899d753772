import { customStepParts } from "#language/embedded/gherkin/custom-step-parts.ts";
import type { CustomStep } from "#language/embedded/gherkin/match-steps.ts";
import { type StepHole, type StepPart, stepPatterns } from "#language/embedded/gherkin/step-pattern.ts";
import type { StepEntry, StepParameterKind } from "#vocabulary/steps/step-entry.ts";

/** What a step may be completed with. */
export interface StepContext<Custom extends CustomStep = CustomStep> {
  readonly customSteps?: readonly Custom[];
  /** Names that exist, for the parameters that stand for them. */
  readonly names?: Readonly<Partial<Record<StepParameterKind, readonly string[]>>>;
}

/** One candidate. It replaces the whole text of the step, from behind the keyword. */
export interface StepCompletion<Custom extends CustomStep = CustomStep> {
  /** The step for people: parameters in angle brackets, what is written already as it is. */
  readonly label: string;
  /** The step in the syntax of LSP snippets; known names are offered as a choice. */
  readonly snippet: string;
  readonly doc: string;
  /** Absent for a custom step. */
  readonly step?: StepEntry;
  readonly custom?: Custom;
}

/**
 * The steps that begin as the text before the cursor does; parameters that are already there are kept. When none does,
 * those that have all its words in that order.
 */
export function completeSteps<Custom extends CustomStep>(
  prefix: string,
  { customSteps = [], names = {} }: StepContext<Custom> = {},
): StepCompletion<Custom>[] {
  const builtIn = stepPatterns().map(({ step, parts }) => ({
    parts,
    words: step.pattern,
    doc: step.doc,
    step,
  }));
  const custom = customSteps.map((each) => ({
    parts: customStepParts(each.pattern),
    words: each.pattern,
    doc: "A step of this file.",
    custom: each,
  }));
  const all: (Candidate & Pick<StepCompletion<Custom>, "step" | "custom">)[] = [...builtIn, ...custom];
  const begun = all.flatMap(({ parts, words: _, ...rest }) => {
    const filled = fill(parts, prefix);
    return filled ? [{ ...written(filled, names), ...rest }] : [];
  });
  if (begun.length > 0) return begun;
  return all
    .filter(({ words }) => hasWords(words, prefix))
    .map(({ parts, words: _, ...rest }) => ({ ...written(parts.map(open), names), ...rest }));
}

/** A step before it is compared with what is written. */
interface Candidate {
  readonly parts: readonly StepPart[];
  readonly words: string;
  readonly doc: string;
}

/** A part of a step, with what is already written of it. */
interface FilledPart {
  readonly part: StepPart;
  /** Undefined: not reached yet. A hole that ends the written text may still grow. */
  readonly text: string | undefined;
  readonly isComplete: boolean;
}

const open = (part: StepPart): FilledPart => ({ part, text: undefined, isComplete: false });

/** Lays the written text over the parts; undefined when it does not fit. */
function fill(parts: readonly StepPart[], prefix: string): FilledPart[] | undefined {
  const filled: FilledPart[] = [];
  let left = prefix;
  for (const [index, part] of parts.entries()) {
    if (left === "") {
      filled.push(open(part));
      continue;
    }
    const taken =
      part.kind === "text"
        ? takeText(part.text, part.isOptional, left)
        : takeHole(part, parts[index + 1], left);
    if (!taken) return undefined;
    filled.push({ part, ...taken });
    left = left.slice(taken.text.length);
  }
  return left === "" ? filled : undefined;
}

interface Taken {
  readonly text: string;
  readonly isComplete: boolean;
}

/** The written text goes on as the part does, or ends inside it. */
function takeText(text: string, isOptional: boolean, left: string): Taken | undefined {
  const common = left.slice(0, text.length);
  if (text.toLowerCase().startsWith(common.toLowerCase()))
    return { text: common, isComplete: common.length === text.length };
  return isOptional ? { text: "", isComplete: true } : undefined;
}

/** A hole ends where the next fixed text begins, perhaps only with its first letters, or has not ended yet. */
function takeHole(hole: StepHole, next: StepPart | undefined, left: string): Taken | undefined {
  const end = next?.kind === "text" ? boundaryIn(left.toLowerCase(), next.text.toLowerCase()) : -1;
  const text = end < 0 ? left : left.slice(0, end);
  if (!new RegExp(`^(?:${hole.fits})$`, "i").test(text)) return undefined;
  return { text, isComplete: end >= 0 };
}

function boundaryIn(left: string, boundary: string): number {
  const whole = left.indexOf(boundary, 1);
  if (whole >= 0) return whole;
  for (let end = Math.max(1, left.length - boundary.length); end < left.length; end++)
    if (boundary.startsWith(left.slice(end))) return end;
  return -1;
}

function written(
  filled: readonly FilledPart[],
  names: NonNullable<StepContext["names"]>,
): { label: string; snippet: string } {
  let label = "";
  let snippet = "";
  let stop = 0;
  for (const { part, text, isComplete } of filled) {
    if (part.kind === "text") {
      const rest = part.isOptional && text === "" ? "" : part.text.slice(text?.length ?? 0);
      label += (text ?? "") + rest;
      snippet += escapeSnippet((text ?? "") + rest);
    } else if (isComplete && text !== undefined) {
      label += text;
      snippet += escapeSnippet(text);
    } else {
      stop++;
      label += text ?? `<${part.parameter.name}>`;
      snippet += placeholder(stop, part, text, names[part.parameter.kind] ?? []);
    }
  }
  return { label, snippet };
}

function placeholder(
  stop: number,
  { parameter }: StepHole,
  text: string | undefined,
  names: readonly string[],
): string {
  const begun = (text ?? "").toLowerCase();
  const fitting = names.filter((name) => name.toLowerCase().startsWith(begun));
  if (fitting.length > 0) return `\${${stop}|${fitting.map(escapeChoice).join(",")}|}`;
  return `\${${stop}:${escapeSnippet(text ?? parameter.name)}}`;
}

function escapeSnippet(text: string): string {
  return text.replace(/[\\$}]/g, "\\$&");
}

function escapeChoice(text: string): string {
  return text.replace(/[\\$},|]/g, "\\$&");
}

/** All words of the text begin words of the pattern, in their order. */
function hasWords(pattern: string, text: string): boolean {
  const sought = text
    .toLowerCase()
    .split(/\W+/)
    .filter((word) => word !== "");
  let found = 0;
  for (const word of pattern.toLowerCase().split(/\W+/)) if (word.startsWith(sought[found] ?? "\n")) found++;
  return found === sought.length;
}

import type { StepEntry, StepParameter, StepParameterKind } from "#vocabulary/steps/step-entry.ts";
import { steps } from "#vocabulary/steps.ts";

/** A built-in step, ready to be matched. */
export interface StepPattern {
  readonly step: StepEntry;
  readonly parts: readonly StepPart[];
  /** Group `n` is the parameter `n - 1`. */
  readonly regex: RegExp;
  /** How many characters of the pattern are fixed. */
  readonly fixedLength: number;
}

export type StepPart = StepText | StepHole;

/** Fixed text; `isOptional` for the ending that may be left out. */
interface StepText {
  readonly kind: "text";
  readonly text: string;
  readonly isOptional: boolean;
}

/** A parameter's place. */
export interface StepHole {
  readonly kind: "hole";
  readonly parameter: StepParameter;
  /** What may stand there, as the source of a regular expression. */
  readonly fits: string;
}

/** Names that stand without quotes. */
const word = "[\\w-]+";
const anything = ".+";

const fits: Readonly<Record<StepParameterKind, string>> = {
  tool: word,
  agent: word,
  model: word,
  input: word,
  state: word,
  output: word,
  argument: word,
  value: anything,
  text: anything,
  list: ".*",
  json: anything,
  regex: anything,
  integer: "\\d+",
  number: "-?\\d+(?:\\.\\d+)?",
};

const piece = /"?\{(\w+)\}|\(([^)]*)\)|[^{("]+|["{(]/g;

/** The patterns of all built-in steps, made at the first call. */
export function stepPatterns(): readonly StepPattern[] {
  patterns ??= steps.map(compile);
  return patterns;
}

let patterns: readonly StepPattern[] | undefined;

function compile(step: StepEntry): StepPattern {
  const parts = partsOf(step);
  const source = parts.map(sourceOf).join("");
  const fixed = parts.filter((part) => part.kind === "text" && !part.isOptional);
  return {
    step,
    parts,
    regex: new RegExp(`^${source}$`, "di"),
    fixedLength: fixed.reduce((length, part) => length + (part.kind === "text" ? part.text.length : 0), 0),
  };
}

function partsOf({ pattern, parameters }: StepEntry): StepPart[] {
  const parts: StepPart[] = [];
  for (const [text, name, optional] of pattern.matchAll(piece)) {
    if (optional !== undefined) parts.push({ kind: "text", text: optional, isOptional: true });
    else if (name === undefined) parts.push({ kind: "text", text, isOptional: false });
    else {
      const isQuoted = text.startsWith('"');
      if (isQuoted) parts.push({ kind: "text", text: '"', isOptional: false });
      const parameter = parameters.find((each) => each.name === name);
      if (!parameter) throw new Error(`The pattern "${pattern}" has no parameter "${name}".`);
      const inQuotes = isQuoted && fits[parameter.kind] === word ? '[^"]+' : fits[parameter.kind];
      parts.push({ kind: "hole", parameter, fits: inQuotes });
    }
  }
  return parts;
}

function sourceOf(part: StepPart): string {
  if (part.kind === "hole") return `(${part.fits})`;
  const text = part.text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
  return part.isOptional ? `(?:${text})?` : text;
}

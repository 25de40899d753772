import type { Result } from "#common/result.ts";
import { type StepPattern, stepPatterns } from "#language/embedded/gherkin/step-pattern.ts";
import { createRegexMatcher, type RegexMatcher } from "#language/embedded/regex/regex-matcher.ts";
import type { RegexProblem } from "#language/embedded/regex/regex-tree.ts";
import type { Span } from "#language/syntax/tree.ts";
import type { StepEntry, StepParameterKind } from "#vocabulary/steps/step-entry.ts";

/** `Step("pattern", function …)` of a file: a regular expression that has to fit from the start of the step's text. */
export interface CustomStep {
  readonly pattern: string;
}

/** What a step's text means. */
export type StepMatch<Custom extends CustomStep = CustomStep> = BuiltInMatch | CustomMatch<Custom>;

interface BuiltInMatch {
  readonly kind: "builtIn";
  readonly step: StepEntry;
  readonly arguments: readonly StepArgument[];
}

interface CustomMatch<Custom extends CustomStep> {
  readonly kind: "custom";
  readonly step: Custom;
  /** What the groups took, in order; those that took no part are left out. */
  readonly arguments: readonly StepArgument[];
  /** What each group took. */
  readonly captures: readonly (string | undefined)[];
}

/** A parameter's value; the span is relative to the step's text. */
export interface StepArgument extends Span {
  /** Name of the parameter, or of the group, or its number. */
  readonly name: string;
  readonly kind: StepParameterKind;
  readonly text: string;
  /** It comes, as a whole or in part, from a column of an outline's examples. */
  readonly isPlaceholder?: boolean;
}

/** The texts of steps are lines; longer ones mean nothing. */
const longestStep = 4_000;

/**
 * What a step's text means, whatever its case and its keyword: the built-in step with the most fixed text, else the
 * first custom one. Undefined: no step, or one that only a pattern fits that can't be read (`stepPatternProblem`).
 */
export function matchStep<Custom extends CustomStep>(
  text: string,
  customSteps: readonly Custom[] = [],
): StepMatch<Custom> | undefined {
  if (text.length > longestStep) return undefined;
  return matchBuiltIn(text) ?? matchCustom(text, customSteps);
}

/** Why the pattern of a custom step can't be used; undefined when it can. */
export function stepPatternProblem(pattern: string): RegexProblem | undefined {
  const matcher = matcherOf(pattern);
  if (!matcher.ok) return matcher.error;
  const parameter = /\{(?:string|int|float|word|)\}/.exec(pattern);
  if (!parameter) return undefined;
  const start = parameter.index;
  const message = `\`${parameter[0]}\` is no parameter here: patterns are regular expressions. Write a group, such as \`(.+)\` or \`(\\d+)\`.`;
  return { start, end: start + parameter[0].length, message, isUnsupported: false };
}

function matchBuiltIn(text: string): BuiltInMatch | undefined {
  let best: StepPattern | undefined;
  for (const pattern of stepPatterns()) {
    const isLonger = best === undefined || pattern.fixedLength > best.fixedLength;
    if (isLonger && pattern.regex.test(text)) best = pattern;
  }
  return best && { kind: "builtIn", step: best.step, arguments: argumentsOf(best, text) };
}

function argumentsOf({ regex, parts }: StepPattern, text: string): StepArgument[] {
  const indices = regex.exec(text)?.indices ?? [];
  const holes = parts.filter((part) => part.kind === "hole");
  return holes.flatMap(({ parameter: { name, kind } }, index) => {
    const [start, end] = indices[index + 1] ?? [];
    return start === undefined || end === undefined
      ? []
      : [{ name, kind, start, end, text: text.slice(start, end) }];
  });
}

/** The first pattern that takes the whole step, else the first that takes its beginning. */
function matchCustom<Custom extends CustomStep>(
  text: string,
  customSteps: readonly Custom[],
): CustomMatch<Custom> | undefined {
  let first: CustomMatch<Custom> | undefined;
  for (const step of customSteps) {
    const matcher = matcherOf(step.pattern);
    const match = matcher.ok ? matcher.value.match(text) : undefined;
    if (!matcher.ok || !match) continue;
    const taken = match.slice(1).flatMap((span, index) => {
      const name = matcher.value.groups[index] ?? String(index + 1);
      return span ? [{ name, kind: "text" as const, ...span, text: text.slice(span.start, span.end) }] : [];
    });
    const captures = match.slice(1).map((span) => span && text.slice(span.start, span.end));
    const found = { kind: "custom", step, arguments: taken, captures } as const;
    if (match[0]?.end === text.length) return found;
    first ??= found;
  }
  return first;
}

const matchers = new Map<string, Result<RegexMatcher, RegexProblem>>();

/** Files have few patterns, which are asked for again and again. */
const mostMatchers = 1_000;

function matcherOf(pattern: string): Result<RegexMatcher, RegexProblem> {
  const known = matchers.get(pattern);
  if (known) return known;
  if (matchers.size >= mostMatchers) matchers.clear();
  const created = createRegexMatcher(pattern);
  matchers.set(pattern, created);
  return created;
}

import type {
  GherkinDocument,
  GherkinProblem,
  GherkinWord,
} from "#language/embedded/gherkin/gherkin-document.ts";
import type { GherkinSource } from "#language/embedded/gherkin/gherkin-source.ts";
import { misspeltStep, misspeltTitle, stepKeywordsOf } from "#language/embedded/gherkin/keywords.ts";

/**
 * Free text may stand below a title, so that the parser takes a first step with a misspelt keyword for text. This
 * finds the lines of descriptions that were meant to be steps or titles.
 */
export function descriptionProblems(
  { feature }: Pick<GherkinDocument, "feature">,
  source: GherkinSource,
): GherkinProblem[] {
  if (!feature) return [];
  const groups = [feature, ...feature.rules];
  const scenarios = groups.flatMap((group) => [
    ...(group.background ? [group.background] : []),
    ...group.scenarios,
  ]);
  return [
    ...groups.flatMap(({ description }) =>
      linesOf(description, source).flatMap((line) => titleProblem(line, source)),
    ),
    ...scenarios.flatMap(({ description }) =>
      linesOf(description, source).flatMap((line) => stepProblem(line, source)),
    ),
  ];
}

/** A line of a description, without the blanks around it. */
interface Line extends GherkinWord {
  /** The line below it that is not empty. */
  readonly next: string;
}

function linesOf({ start, end }: GherkinWord, source: GherkinSource): Line[] {
  if (start === end) return [];
  const lines = Array.from(source.text.slice(start, end).matchAll(/[^\r\n]+/g), ({ 0: line, index }) => {
    const text = line.trim();
    const from = start + index + line.length - line.trimStart().length;
    return { text, start: from, end: from + text.length };
  }).filter(({ text }) => text !== "");
  const below = /\S.*/.exec(source.text.slice(end, end + longestLine))?.[0] ?? "";
  return lines.map((line, index) => ({ ...line, next: lines[index + 1]?.text ?? below }));
}

const longestLine = 500;

/** `Scenaro: x` with a step below it. */
function titleProblem({ text, start, end, next }: Line, { dialect }: GherkinSource): GherkinProblem[] {
  const isFollowedByStep = stepKeywordsOf(dialect).some((keyword) => next.startsWith(keyword));
  const meant = isFollowedByStep ? misspeltTitle(text, dialect) : undefined;
  return meant ? [{ start, end, ...meant, isGuess: true }] : [];
}

/** `Givne x`; shorter words are too near to ordinary ones. */
function stepProblem({ text, start, end }: Line, { dialect }: GherkinSource): GherkinProblem[] {
  const meant = /^\S{4}/.test(text) || /^[a-z]+ /.test(text) ? misspeltStep(text, dialect) : undefined;
  return meant ? [{ start, end, ...meant, isGuess: true }] : [];
}

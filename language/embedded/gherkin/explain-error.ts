import type { Errors } from "@cucumber/gherkin";
import type { GherkinProblem } from "#language/embedded/gherkin/gherkin-document.ts";
import type { GherkinSource } from "#language/embedded/gherkin/gherkin-source.ts";
import {
  misspeltStep,
  misspeltTitle,
  stepKeywordsOf,
  titleKeywordsOf,
} from "#language/embedded/gherkin/keywords.ts";

/** An error of the parser for people, and the lines that have to go so that the rest can be read. */
export interface ExplainedError {
  readonly problem: GherkinProblem;
  readonly lines: { readonly first: number; readonly last: number };
}

/** Says in plain words what is wrong in the line of an error. */
export function explain(error: Errors.GherkinException, source: GherkinSource): ExplainedError {
  const expected = error.message.replace(/, got '.*$/s, "");
  const line = error.location?.line ?? source.lineCount;
  if (expected.includes("unexpected end of file")) return explainEnd(expected, source);
  return { problem: explainLine(error.message, expected, line, source), lines: { first: line, last: line } };
}

/** The text ended too early: what was begun last goes. */
function explainEnd(expected: string, source: GherkinSource): ExplainedError {
  if (expected.includes("#DocStringSeparator")) {
    const first = openDocString(source);
    const last = lastLineOfDocString(first, source);
    const message = `This text has no end: a line of \`${source.lineText(first).trim().slice(0, 3)}\` is missing.`;
    return { problem: { ...lineSpan(first, source), message }, lines: { first, last } };
  }
  const last = lastLine(source);
  const isTag = isTagLine(source, last);
  const first = isTag ? firstOfTags(source, last) : last;
  const message = isTag
    ? "These tags belong to nothing: a Feature, Rule, Scenario or Examples has to follow."
    : "The specification ends too early.";
  return {
    problem: { start: source.contentStart(first), end: source.contentEnd(last), message },
    lines: { first, last },
  };
}

function explainLine(whole: string, expected: string, line: number, source: GherkinSource): GherkinProblem {
  const span = lineSpan(line, source);
  const text = source.lineText(line).trim();
  if (whole.includes("inconsistent cell count"))
    return { ...span, message: "This row has another number of cells than the first row of its table." };
  if (whole.includes("A tag may not contain whitespace"))
    return { ...span, message: "A tag is one word with `@` in front. Put blanks only between tags." };
  if (whole.includes("Language not supported"))
    return {
      ...span,
      message: `Gherkin has no language "${text.replace(/^.*:\s*/, "")}". English is \`en\`.`,
    };
  return { ...span, ...misplaced(text, expected, source) };
}

/** A line that stands where none of its kind may stand, or is of no kind at all. */
function misplaced(
  text: string,
  expected: string,
  source: GherkinSource,
): Omit<GherkinProblem, "start" | "end"> {
  const { dialect } = source;
  if (text.startsWith("|")) return { message: "This row belongs to no step and to no examples." };
  if (/^(?:"""|```)/.test(text)) return { message: "This text belongs to no step." };
  if (text.startsWith("@"))
    return { message: "Tags stand right above a Feature, Rule, Scenario or Examples." };
  if (source.titleIn(text, dialect.feature))
    return {
      message: "A specification has one feature; this is another one. Use `Rule:` to group scenarios.",
    };
  if (source.titleIn(text, dialect.background))
    return { message: "A background stands above the first scenario of its feature or rule." };
  if (source.titleIn(text, dialect.examples))
    return { message: "Examples belong to a scenario, and stand below its steps." };
  if (stepKeywordsOf(dialect).some((keyword) => text.startsWith(keyword)))
    return { message: "This step belongs to no scenario. Put it above the examples or below a `Scenario:`." };
  const meant =
    misspeltTitle(text, dialect) ??
    (expected.includes("#StepLine") ? misspeltStep(text, dialect) : undefined);
  if (meant) return meant;
  const steps = [dialect.given, dialect.when, dialect.then].map((words) => words.at(-1)?.trim()).join(", ");
  return {
    message: `This line is neither a step (${steps} …) nor a title such as \`${dialect.scenario.at(-1) ?? "Scenario"}:\`.`,
  };
}

/** The line that begins a text which is not closed. */
function openDocString(source: GherkinSource): number {
  let open: { readonly line: number; readonly mark: string } | undefined;
  for (let line = 1; line <= source.lineCount; line++) {
    const mark = /^\s*("""|```)/.exec(source.lineText(line))?.[1];
    if (mark === undefined || (open && open.mark !== mark)) continue;
    open = open ? undefined : { line, mark };
  }
  return open?.line ?? source.lineCount;
}

/** It was meant to end before the next line that is a step, a title or a tag. */
function lastLineOfDocString(first: number, source: GherkinSource): number {
  const titles = titleKeywordsOf(source.dialect);
  const steps = stepKeywordsOf(source.dialect);
  for (let line = first + 1; line <= source.lineCount; line++) {
    const text = source.lineText(line).trim();
    const isNext =
      text.startsWith("@") || source.titleIn(text, titles) || steps.some((word) => text.startsWith(word));
    if (isNext) return line - 1;
  }
  return source.lineCount;
}

function isTagLine(source: GherkinSource, line: number): boolean {
  return source.lineText(line).trimStart().startsWith("@");
}

function firstOfTags(source: GherkinSource, last: number): number {
  let first = last;
  while (first > 1 && isTagLine(source, first - 1)) first--;
  return first;
}

function lastLine(source: GherkinSource): number {
  let line = source.lineCount;
  while (line > 1 && source.lineText(line).trim() === "") line--;
  return line;
}

function lineSpan(line: number, source: GherkinSource): { start: number; end: number } {
  return { start: source.contentStart(line), end: source.contentEnd(line) };
}

import type { Dialect } from "@cucumber/gherkin";
import type { GherkinProblem } from "#language/embedded/gherkin/gherkin-document.ts";
import { LineMap } from "#language/embedded/gherkin/line-map.ts";

const languageLine = /^\s*#\s*language\s*:\s*([a-zA-Z\-_]+)\s*$/;
const emptyOrComment = /^\s*(?:#|$)/;
const tagLine = /^\s*@/;

/** Of tags, comments and empty lines in a row no more are read: at each tag the parser looks ahead over all of them. */
const longestRun = 100;

/** A line that the parser gets; `own` is its number in the text, 0 for a line that was put in. */
interface Line {
  text: string;
  readonly own: number;
}

/**
 * A specification on its way through the parser: lines can be left out of it, and a `Feature:` that is missing is put
 * in front. Line numbers are those of the parser, from 1; offsets are always those of the text itself.
 */
export class GherkinSource {
  /** As it was given. */
  readonly text: string;
  readonly dialect: Dialect;
  /** What is wrong with the text as a whole. */
  readonly problems: readonly GherkinProblem[];
  readonly #map: LineMap;
  readonly #lines: readonly Line[];

  constructor(text: string, dialects: Readonly<Record<string, Dialect>>) {
    this.text = text;
    this.#map = new LineMap(text);
    const own = Array.from({ length: this.#map.count }, (_, index) => ({
      text: this.#map.textOf(index + 1),
      own: index + 1,
    }));
    this.dialect = dialectOf(own, dialects);
    const problems: GherkinProblem[] = [];
    this.#lines = this.#withFeature(this.#withoutLongRuns(own, problems), problems);
    this.problems = problems;
  }

  /** What the parser gets now. */
  get parsedText(): string {
    return this.#lines.map(({ text }) => text).join("\n");
  }

  get lineCount(): number {
    return this.#lines.length;
  }

  /** A line as it is, or what is left of it. */
  lineText(line: number): string {
    return this.#lines[line - 1]?.text ?? "";
  }

  /** The parser will see empty lines, both ends included. */
  leaveOut(first: number, last: number): void {
    for (const line of this.#lines.slice(first - 1, last)) if (line.own > 0) line.text = "";
  }

  /** True for the feature that stands nowhere in the text. */
  isInserted(line: number): boolean {
    return this.#lines[line - 1]?.own === 0;
  }

  contentStart(line: number): number {
    return this.#map.contentStartOf(this.#own(line));
  }

  contentEnd(line: number): number {
    return this.isInserted(line) ? this.contentStart(line) : this.#map.contentEndOf(this.#own(line));
  }

  offset(line: number, column: number): number {
    return this.#map.offsetOf(this.#own(line), column);
  }

  /** The keyword of these that a line begins with, with a colon. */
  titleIn(line: string, keywords: readonly string[]): string | undefined {
    const trimmed = line.trimStart();
    return keywords.find((keyword) => trimmed.startsWith(`${keyword}:`));
  }

  /** The line of the text itself; a line that was put in stands at the one behind it. */
  #own(line: number): number {
    const inside = Math.min(line, this.#lines.length);
    return this.#lines[inside - 1]?.own || this.#lines[inside]?.own || this.#map.count;
  }

  #withoutLongRuns(lines: readonly Line[], problems: GherkinProblem[]): Line[] {
    let run = 0;
    let hasTold = false;
    return lines.filter((line) => {
      const isTag = tagLine.test(line.text);
      run = isTag || emptyOrComment.test(line.text) ? run + 1 : 0;
      if (run <= longestRun) return true;
      if (isTag && !hasTold) problems.push(this.#problem(line.own, tooManyTags));
      hasTold ||= isTag;
      return false;
    });
  }

  #withFeature(lines: readonly Line[], problems: GherkinProblem[]): Line[] {
    if (lines.some(({ text }) => this.titleIn(text, this.dialect.feature) !== undefined)) return [...lines];
    const first = Math.max(
      0,
      lines.findIndex(({ text }) => !emptyOrComment.test(text)),
    );
    problems.push(this.#problem(lines[first]?.own ?? 1, missingFeature));
    return lines.toSpliced(first, 0, { text: `${this.dialect.feature[0] ?? "Feature"}:`, own: 0 });
  }

  #problem(own: number, message: string): GherkinProblem {
    return { start: this.#map.contentStartOf(own), end: this.#map.contentEndOf(own), message };
  }
}

const missingFeature = "A specification begins with `Feature:` and a name. Put such a line above this one.";
const tooManyTags = "No more than 100 lines of tags in a row are read. Put several tags into a line.";

function dialectOf(lines: readonly Line[], dialects: Readonly<Record<string, Dialect>>): Dialect {
  const named = lines.map(({ text }) => languageLine.exec(text)?.[1]).find((name) => name !== undefined);
  const dialect = (named === undefined ? undefined : dialects[named]) ?? dialects["en"];
  if (!dialect) throw new Error("Gherkin has lost its English keywords.");
  return dialect;
}

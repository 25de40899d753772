import { AstBuilder, dialects, Errors, GherkinClassicTokenMatcher, Parser } from "@cucumber/gherkin";
import type { GherkinDocument as ParsedDocument } from "@cucumber/messages";
import { buildDocument } from "#language/embedded/gherkin/build-document.ts";
import { descriptionProblems } from "#language/embedded/gherkin/description-problems.ts";
import { explain } from "#language/embedded/gherkin/explain-error.ts";
import type { GherkinDocument, GherkinProblem } from "#language/embedded/gherkin/gherkin-document.ts";
import { GherkinSource } from "#language/embedded/gherkin/gherkin-source.ts";

/**
 * Parses a specification. Lines that don't fit are told and left out, so that everything around them is there. This
 * module brings the parser of Cucumber with it (130 KB, 6 ms): import it when a file has a specification.
 */
export function parseGherkin(text: string): GherkinDocument {
  const source = new GherkinSource(text, dialects);
  const problems = [...source.problems];
  const parsed = parseWithoutFaults(source, problems);
  const document = buildDocument(parsed, source);
  problems.push(...descriptionProblems(document, source));
  return { ...document, problems: problems.sort((left, right) => left.start - right.start) };
}

/** The parser gives up after eleven errors; each round takes out the lines of the errors that it found. */
const mostRounds = 20;

/** How many characters all rounds may read together. */
const mostCharacters = 4_000_000;

function parseWithoutFaults(source: GherkinSource, problems: GherkinProblem[]): ParsedDocument {
  const rounds = Math.max(2, Math.min(mostRounds, Math.floor(mostCharacters / (source.text.length + 1))));
  for (let round = 0; round < rounds; round++) {
    const outcome = parseOnce(source.parsedText);
    if (!Array.isArray(outcome)) return outcome;
    leaveOutFaults(outcome, source, problems);
  }
  return parseWhatIsGood(source, problems);
}

/** There are too many errors: only what stands before the next one is read. */
function parseWhatIsGood(source: GherkinSource, problems: GherkinProblem[]): ParsedDocument {
  for (let round = 0; round < 3; round++) {
    const outcome = parseOnce(source.parsedText);
    if (!Array.isArray(outcome)) return outcome;
    const first = Math.min(...outcome.map((error) => error.location?.line ?? source.lineCount));
    leaveOutFaults(outcome, source, problems);
    source.leaveOut(first, source.lineCount);
  }
  return { comments: [] };
}

function leaveOutFaults(
  errors: readonly Errors.GherkinException[],
  source: GherkinSource,
  problems: GherkinProblem[],
): void {
  for (const error of errors) {
    const { problem, lines } = explain(error, source);
    problems.push(problem);
    source.leaveOut(lines.first, lines.last);
  }
}

let nextId = 0;

/** The tree, or what the parser did not understand. */
function parseOnce(text: string): ParsedDocument | Errors.GherkinException[] {
  const parser = new Parser(new AstBuilder(() => String(nextId++)), new GherkinClassicTokenMatcher());
  try {
    return parser.parse(text);
  } catch (error) {
    if (!(error instanceof Errors.CompositeParserException)) throw error;
    return error.errors.filter((each) => each instanceof Errors.GherkinException);
  }
}

import type { Span } from "#language/syntax/tree.ts";

/** A line comment with its dashes, and where it stands. Offsets that come out are in the frame of `start`. */
export interface PlacedComment {
  readonly text: string;
  readonly start: number;
  /** From 0. */
  readonly line: number;
}

/** What one `---@diagnostic …` comment says of one code. */
export interface Suppression extends Span {
  readonly action: SuppressionAction;
  /** Undefined: all codes. */
  readonly code?: string;
}

type SuppressionAction = "disable" | "enable" | "disable-line" | "disable-next-line";

/** A suppression comment that can't be understood. */
export interface SuppressionProblem extends Span {
  readonly message: string;
}

/** A suppression and the line that it holds for, or from. */
interface Directive {
  readonly suppression: Suppression;
  readonly line: number;
}

/**
 * What the comments of a file say about findings: `---@diagnostic disable: code, code` from its line on,
 * `enable` until there, `disable-line` for its own line, `disable-next-line` for the next line that is no such
 * comment. Without codes all are meant. Remembers what was asked for, so that suppressions without use can be shown.
 */
export class Suppressions {
  readonly problems: readonly SuppressionProblem[];
  readonly #directives: readonly Directive[];
  /** `disable` and `enable`, in order, under their code. */
  readonly #switches = new Map<string | undefined, Directive[]>();
  /** Those of a single line, under the line. */
  readonly #lines = new Map<number, Suppression[]>();
  readonly #used = new Set<Suppression>();

  /** `comments` are the line comments of a whole file, in order. */
  constructor(comments: readonly PlacedComment[]) {
    const problems: SuppressionProblem[] = [];
    this.#directives = readDirectives(comments, problems);
    this.problems = problems;
    for (const directive of this.#directives) this.#file(directive);
  }

  /** True when a finding with this code that begins in this line (from 0) is not to be shown. */
  isSuppressed(code: string, line: number): boolean {
    const suppression = this.#ofLine(code, line) ?? this.#switchedOff(code, line);
    if (suppression) this.#used.add(suppression);
    return suppression !== undefined;
  }

  /** Suppressions that have kept nothing back so far: to be asked for after all findings were. */
  unused(): Suppression[] {
    return this.#directives
      .map(({ suppression }) => suppression)
      .filter((each) => each.action !== "enable" && !this.#used.has(each));
  }

  /** Suppressions of codes that don't exist; `known` has all that do. */
  unknown(known: { has(code: string): boolean }): Suppression[] {
    return this.#directives
      .map(({ suppression }) => suppression)
      .filter(({ code }) => code !== undefined && !known.has(code));
  }

  #file(directive: Directive): void {
    const { suppression, line } = directive;
    if (suppression.action === "disable" || suppression.action === "enable") {
      append(this.#switches, suppression.code, directive);
    } else append(this.#lines, line, suppression);
  }

  #ofLine(code: string, line: number): Suppression | undefined {
    return this.#lines.get(line)?.find((each) => each.code === undefined || each.code === code);
  }

  /** The later of what was last said of this code and of all codes decides. */
  #switchedOff(code: string, line: number): Suppression | undefined {
    const ofCode = lastUpTo(this.#switches.get(code), line);
    const ofAll = lastUpTo(this.#switches.get(undefined), line);
    const last = ofCode && ofAll ? (ofCode.start > ofAll.start ? ofCode : ofAll) : (ofCode ?? ofAll);
    return last?.action === "disable" ? last : undefined;
  }
}

const head = /^---\s*@diagnostic(?![\w-])[ \t]*:?[ \t]*([\w-]*)[ \t]*(:?)/;
const codeWord = /[^\s,]+/g;
const actions: ReadonlySet<string> = new Set<SuppressionAction>([
  "disable",
  "enable",
  "disable-line",
  "disable-next-line",
]);

function readDirectives(
  comments: readonly PlacedComment[],
  problems: SuppressionProblem[],
): readonly Directive[] {
  const found = comments.flatMap((comment) => {
    const match = head.exec(comment.text);
    return match ? [{ comment, match }] : [];
  });
  const covered = coveredLines(found.map(({ comment }) => comment.line));
  return found.flatMap(({ comment, match }) => {
    const suppressions = readComment(comment, match, problems);
    const isNext = suppressions[0]?.action === "disable-next-line";
    const line = (isNext ? covered.get(comment.line) : undefined) ?? comment.line;
    return suppressions.map((suppression) => ({ suppression, line }));
  });
}

/** The next line of each that is none of them: several such comments above each other all mean the code below. */
function coveredLines(own: readonly number[]): ReadonlyMap<number, number> {
  const covered = new Map<number, number>();
  for (const line of own.toReversed()) covered.set(line, covered.get(line + 1) ?? line + 1);
  return covered;
}

function readComment(
  { text, start }: PlacedComment,
  match: RegExpExecArray,
  problems: SuppressionProblem[],
): Suppression[] {
  const [whole, action = "", colon] = match;
  const span = { start, end: start + text.trimEnd().length };
  if (!isAction(action)) {
    const message = "`@diagnostic` needs one of: disable, enable, disable-line, disable-next-line.";
    problems.push({ ...span, message });
    return [];
  }
  const rest = text.slice(whole.length);
  if (colon === "") return [{ action, ...span }];
  const codes = [...rest.matchAll(codeWord)];
  if (codes.length === 0) problems.push({ ...span, message: "A code is missing after the colon." });
  return codes.map(({ 0: code, index }) => {
    const at = start + whole.length + index;
    return { action, code, start: at, end: at + code.length };
  });
}

function isAction(word: string): word is SuppressionAction {
  return actions.has(word);
}

function lastUpTo(directives: readonly Directive[] | undefined, line: number): Suppression | undefined {
  if (!directives) return undefined;
  let low = 0;
  let high = directives.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((directives[middle]?.line ?? 0) <= line) low = middle + 1;
    else high = middle;
  }
  return directives[low - 1]?.suppression;
}

function append<Key, Value>(lists: Map<Key, Value[]>, key: Key, value: Value): void {
  const list = lists.get(key);
  if (list) list.push(value);
  else lists.set(key, [value]);
}

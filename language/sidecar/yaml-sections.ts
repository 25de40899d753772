import type { Span } from "#language/syntax/tree.ts";

/**
 * One entry of a block of lines that can be read by itself: `key:` with the lines below it, one item of a list, or a
 * word that is not a key yet.
 */
export interface YamlSection extends Span {
  readonly kind: "entry" | "item" | "word";
  /** Of `key:` alone on its line: the key, and where the lines of its value begin. */
  readonly header?: { readonly key: Span; readonly body: number };
}

/** A line that says something. */
interface Line {
  readonly start: number;
  /** Where its first character stands that is no blank. */
  readonly first: number;
  /** Behind its line break. */
  readonly end: number;
}

/** What has more entries is read faster at once. */
const mostSections = 6000;

/** Bounded, as keys are in YAML: a line of a megabyte is not read again and again. */
const keyPattern =
  /(?:[\w$./~][^\n\r:#"'{}[\]]{0,1000}|"(?:[^"\\\n\r]|\\.){0,1000}"|'(?:[^'\n\r]|''){0,1000}')[ \t]{0,100}:(?=[ \t\r\n]|$)/y;
const wordPattern = /[A-Za-z_$][\w$.-]*[ \t]*(?:#[^\n]*)?(?=[\r\n]|$)/y;
const nothingBehind = /[ \t]*(?:#[^\n]*)?(?:\r?\n|$)/y;

/**
 * Takes a block of lines apart at its own indentation. In valid YAML a line that is no deeper than a key ends whatever
 * the key holds, so that each section means by itself what it means in the whole. Undefined for whatever is not plainly
 * such a block (flow style, documents, several indentations): it is read as a whole.
 */
export function yamlSections(text: string, { start, end }: Span): readonly YamlSection[] | undefined {
  const sections: YamlSection[] = [];
  let indentation: number | undefined;
  let open: Omit<YamlSection, "end"> | undefined;
  for (const line of lines(text, start, end)) {
    const indent = line.first - line.start;
    indentation ??= indent;
    if (indent < indentation) return undefined;
    if (indent > indentation) continue;
    const next = sectionAt(text, line, open);
    if (next === "same") continue;
    if (next === undefined) return undefined;
    if (open) sections.push({ ...open, end: line.start });
    if (sections.length > mostSections) return undefined;
    open = next;
  }
  return open && [...sections, { ...open, end }];
}

/** The lines that hold more than blanks and comments. A tab at the start is for the parser to complain about. */
function* lines(text: string, start: number, end: number): Generator<Line> {
  let lineStart = start;
  while (lineStart < end) {
    const found = text.indexOf("\n", lineStart);
    const lineEnd = found < 0 || found >= end ? end : found + 1;
    let first = lineStart;
    while (text.charCodeAt(first) === 32 && first < lineEnd) first++;
    const letter = text[first];
    const isNeutral =
      first >= lineEnd || letter === "\n" || letter === "\r" || letter === "#" || letter === "\t";
    if (!isNeutral) yield { start: lineStart, first, end: lineEnd };
    lineStart = lineEnd;
  }
}

function sectionAt(
  text: string,
  line: Line,
  open: Omit<YamlSection, "end"> | undefined,
): Omit<YamlSection, "end"> | "same" | undefined {
  if (isDash(text, line.first)) {
    if (open && open.kind !== "item") return open.kind === "entry" ? "same" : undefined;
    return { kind: "item", start: line.start };
  }
  if (open && /[}\]]/.test(text[line.first] ?? "")) return "same";
  if (open?.kind === "item") return undefined;
  keyPattern.lastIndex = line.first;
  const match = keyPattern.exec(text);
  if (match) return { kind: "entry", start: line.start, ...headerOf(text, line, match[0]) };
  wordPattern.lastIndex = line.first;
  return wordPattern.test(text) ? { kind: "word", start: line.start } : undefined;
}

function headerOf(text: string, line: Line, written: string): Pick<YamlSection, "header"> {
  nothingBehind.lastIndex = line.first + written.length;
  if (!/^[\w$]/.test(written) || !nothingBehind.test(text)) return {};
  const key = written.slice(0, -1).trimEnd();
  return { header: { key: { start: line.first, end: line.first + key.length }, body: line.end } };
}

function isDash(text: string, at: number): boolean {
  return text[at] === "-" && /[ \t\r\n]/.test(text[at + 1] ?? "\n");
}

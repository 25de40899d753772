import type { Position, Range } from "vscode-languageserver";
import type { Place } from "./request-kinds.ts";

/** How many values of one answer are looked at: the answers about a giant text repeat themselves. */
const mostValues = 50_000;

type Fields = Readonly<Record<string, unknown>>;

/**
 * What an editor could not use in an answer: positions outside the document, ranges that end before they start, edits
 * that overlap, a name outside the range of its symbol. Empty for a good answer.
 */
export function answerDefects(method: string, answer: unknown, place: Place): string[] {
  const found = new Set<string>();
  const lines = lineLengths(place.text);
  let left = mostValues;
  const look = (value: unknown): void => {
    if (typeof value !== "object" || value === null || left-- <= 0) return;
    if (Array.isArray(value)) {
      if (overlap(value)) found.add("edits overlap");
      for (const item of value) look(item);
      return;
    }
    const fields = value as Fields;
    if (isOfAnother(fields, place.uri)) return;
    for (const defect of defectsOf(fields, lines)) found.add(defect);
    for (const [name, inner] of Object.entries(fields)) if (!isOpaque(name)) look(inner);
  };
  look(answer);
  if (method.startsWith("textDocument/semanticTokens/") && isFields(answer))
    for (const defect of tokenDefects(answer["data"], lines)) found.add(defect);
  if (method === "textDocument/completion" && positionDefects(place.position, lines).next().done)
    for (const defect of completionDefects(answer, place.position)) found.add(defect);
  return [...found];
}

/** What the client hands back unread, and edits that are keyed by the document they are for. */
function isOpaque(name: string): boolean {
  return name === "data" || name === "changes" || name === "arguments";
}

/** Locations in other documents can't be judged here. */
function isOfAnother(fields: Fields, uri: string): boolean {
  const document = fields["textDocument"];
  const named = fields["uri"] ?? fields["targetUri"] ?? (isFields(document) ? document["uri"] : undefined);
  return typeof named === "string" && named !== uri;
}

function* defectsOf(fields: Fields, lines: readonly number[]): Generator<string> {
  const { start, end, range, selectionRange, parent, startLine, endLine } = fields;
  if (isPosition(fields)) yield* positionDefects(fields, lines);
  if (isPosition(start) && isPosition(end) && isBefore(end, start)) yield "a range ends before it starts";
  if (isRange(range) && isRange(selectionRange) && !contains(range, selectionRange))
    yield "a selection range is outside its range";
  if (isRange(range) && isFields(parent) && isRange(parent["range"]) && !contains(parent["range"], range))
    yield "a parent does not contain its child";
  if (typeof startLine === "number" && typeof endLine === "number") {
    if (startLine < 0 || endLine >= lines.length)
      yield `folding beyond the document: ${startLine} to ${endLine}`;
    if (endLine < startLine) yield "a folding range ends before it starts";
  }
}

function* positionDefects({ line, character }: Position, lines: readonly number[]): Generator<string> {
  if (!Number.isInteger(line) || !Number.isInteger(character) || line < 0 || character < 0)
    yield `not a position: ${line}:${character}`;
  else if (line >= lines.length) yield `a position on line ${line} of ${lines.length}`;
  else if (character > (lines[line] ?? 0))
    yield `a position at ${character} of the ${lines[line]} of its line`;
}

function* tokenDefects(data: unknown, lines: readonly number[]): Generator<string> {
  if (data === undefined) return;
  if (!Array.isArray(data) || data.length % 5 !== 0) {
    yield "the tokens are not groups of five";
    return;
  }
  let line = 0;
  let character = 0;
  for (let index = 0; index < data.length; index += 5) {
    const [deltaLine = 0, deltaStart = 0, length = 0] = data.slice(index, index + 3) as number[];
    line += deltaLine;
    character = deltaLine > 0 ? deltaStart : character + deltaStart;
    if (deltaLine < 0 || (deltaLine === 0 && index > 0 && deltaStart <= 0))
      yield "the tokens are not in order";
    if (length <= 0) yield "a token without width";
    if (line >= lines.length || character > (lines[line] ?? 0)) yield "a token outside the document";
  }
}

/** An editor drops completions whose range leaves the line of the cursor. */
function* completionDefects(answer: unknown, position: Position): Generator<string> {
  const items = Array.isArray(answer) ? answer : isFields(answer) ? answer["items"] : [];
  if (!Array.isArray(items)) return;
  for (const item of items.filter(isFields)) {
    const edit = item["textEdit"];
    if (!isFields(edit)) continue;
    for (const range of [edit["range"], edit["insert"], edit["replace"]].filter(isRange))
      if (range.start.line !== range.end.line || !contains(range, { start: position, end: position }))
        yield `the edit of ${JSON.stringify(item["label"])} is not around the cursor`;
  }
}

function overlap(items: readonly unknown[]): boolean {
  const edits = items.filter(isFields).filter((item) => typeof item["newText"] === "string");
  const ranges = edits
    .map((edit) => edit["range"])
    .filter(isRange)
    .sort((left, right) => (isBefore(left.start, right.start) ? -1 : 1));
  // Edits of different completions are alternatives; a list of them is never flat edits.
  return ranges.some((range, index) => {
    const next = ranges[index + 1];
    return next !== undefined && isBefore(next.start, range.end);
  });
}

/** The length of each line, without its break. */
function lineLengths(text: string): number[] {
  return text.split(/\r\n|\r|\n/).map((line) => line.length);
}

function contains(outer: Range, inner: Range): boolean {
  return !isBefore(inner.start, outer.start) && !isBefore(outer.end, inner.end);
}

function isBefore(left: Position, right: Position): boolean {
  return left.line < right.line || (left.line === right.line && left.character < right.character);
}

function isRange(value: unknown): value is Range {
  return isFields(value) && isPosition(value["start"]) && isPosition(value["end"]);
}

function isPosition(value: unknown): value is Position {
  return isFields(value) && typeof value["line"] === "number" && typeof value["character"] === "number";
}

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

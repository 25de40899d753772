/**
 * Text that came from a procedure, a model, a tool or a file, made fit for a screen, in the terminal and in the editor.
 * It is data: what could steer a terminal (escape sequences, carriage returns) or deceive a reader (bidi overrides,
 * invisible characters) is shown as what it is, and long texts are cut.
 */

const controlPictures = 0x2400;

/** Controls, format characters (bidi, zero width, tags), surrogates, private use, and letters that draw nothing. */
const unseen =
  /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\u2028\u2029\u115f\u1160\u3164\uffa0\u2800]|\u034f|[\u{e0100}-\u{e01ef}]/gu;

/** A grapheme longer than this is a heap of combining marks, not a letter. */
const longestGrapheme = 16;

function picture(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x20) return String.fromCodePoint(controlPictures + code);
  if (code === 0x7f) return "␡";
  return `‹U+${code.toString(16).toUpperCase().padStart(4, "0")}›`;
}

/** Whether anything in a text would not be seen as what it is; line feeds and tabs count. */
export function hasUnseen(text: string): boolean {
  return text.search(unseen) >= 0;
}

/** A text with something in the place of each piece that can't be seen, line feeds and tabs included. */
export function replaceUnseen(text: string, by: (characters: string) => string): string {
  return text.replace(unseen, by);
}

/** Several lines of foreign text; line feeds and tabs stay, everything else that is unseen becomes visible. */
export function visibleText(text: string): string {
  return text
    .replaceAll("\r\n", "\n")
    .replace(unseen, (character) =>
      character === "\n" || character === "\t" ? character : picture(character),
    );
}

/**
 * A value as JSON in which everything unseen is escaped: the same value to whoever parses it, and nothing that steers
 * a terminal to whoever prints it.
 */
export function visibleJson(value: unknown): string {
  const text = JSON.stringify(value);
  return onlyPlain.test(text) ? text : text.replace(unseen, escaped);
}

/** Most JSON is ASCII, and has nothing to look for. */
const onlyPlain = /^[\x20-\x7e]*$/;

function escaped(characters: string): string {
  return Array.from({ length: characters.length }, (_, index) => {
    const unit = characters.charCodeAt(index).toString(16).padStart(4, "0");
    return `\\u${unit}`;
  }).join("");
}

/** One line of at most `most` graphemes; line breaks become `⏎`, a cut ends with `…`. */
export function oneLine(text: string, most = 160): string {
  const start = text.slice(0, most * longestGrapheme);
  const line = visibleText(start)
    .trim()
    .replace(/\s*\n\s*/g, " ⏎ ")
    .replaceAll("\t", " ");
  const cut = start.length < text.length;
  if (!cut && line.length <= most) return line;
  let kept = "";
  let count = 0;
  for (const { segment } of new Intl.Segmenter().segment(line)) {
    if (count === most - 1) return `${kept}…`;
    kept += segment.slice(0, longestGrapheme);
    count += 1;
  }
  return cut ? `${kept}…` : kept;
}

/** Several lines, at most `most` UTF-16 units, cut between graphemes; says how much was left out. */
export function bounded(text: string, most = 8000): string {
  if (text.length <= most) return visibleText(text);
  const kept = cutText(text, most);
  return `${visibleText(kept)}\n… ${text.length - kept.length} more characters`;
}

/** The beginning of a text, at most `most` UTF-16 units, cut between graphemes. */
export function cutText(text: string, most: number): string {
  return text.length <= most ? text : text.slice(0, graphemeEnd(text, most));
}

/** How far before a cut graphemes are told apart. */
const lookedAt = 1000;

/** The last end of a grapheme up to a place; the place itself within a heap of marks that has none. */
function graphemeEnd(text: string, most: number): number {
  const start = Math.max(0, most - lookedAt);
  let end = start;
  for (const { index } of new Intl.Segmenter().segment(text.slice(start, most + longestGrapheme)))
    if (start + index <= most) end = start + index;
  return most - end > longestGrapheme ? most : end;
}

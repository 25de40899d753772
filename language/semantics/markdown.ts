import { bounded, oneLine } from "#common/visible-text.ts";

/**
 * The only way from text of a file to Markdown, for hovers, completions and hints: nothing in it is markup, what can't be
 * seen is shown, and what is long is cut.
 */

/** Lines of code, in a fence that nothing in them can close. */
export function codeBlock(code: string): string {
  const shown = bounded(code);
  const fence = "`".repeat(Math.max(3, longestRun(shown) + 1));
  return `${fence}lua\n${shown}\n${fence}`;
}

/** A word of code in a line of text. Line breaks become blanks. */
export function inlineCode(code: string): string {
  return shortCode(code, 300);
}

/** A word of code of at most `most` graphemes. */
export function shortCode(code: string, most: number): string {
  const line = oneLine(code.replaceAll(/\s+/g, " "), most);
  const ticks = "`".repeat(longestRun(line) + 1);
  const blank = line.startsWith("`") || line.endsWith("`") || line.trim() === "" ? " " : "";
  return `${ticks}${blank}${line}${blank}${ticks}`;
}

/** A text from a file, shown as it is: nothing in it is markup. Single line breaks stay. */
export function plainText(text: string): string {
  return bounded(text)
    .replaceAll(/[\\`*_{}[\]()#+\-.!|<>~&:=@$^]/g, "\\$&")
    .replaceAll("\n", "  \n")
    .replaceAll(/^[ \t]+/gm, "");
}

/** A list with one line for each item. */
export function bullets(items: readonly string[]): string {
  return items.map((item) => `- ${item}`).join("\n");
}

/** Markdown of ours for clients that show plain text: without fences, escapes and marks. */
export function withoutMarkup(markdown: string): string {
  return markdown
    .replaceAll(/^`{3,}.*\n?/gm, "")
    .replaceAll(/(?<!\\)(`+) ?(.*?) ?\1(?!`)/g, "$2")
    .replaceAll(/(?<![\\*\w])\*([^*\n]+)\*/g, "$1")
    .replaceAll(/\\([!-/:-@[-`{-~])/g, "$1")
    .replaceAll(/ {2}\n/g, "\n")
    .trim();
}

function longestRun(text: string): number {
  return Math.max(0, ...Array.from(text.matchAll(/`+/g), ([run]) => run.length));
}

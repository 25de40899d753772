/** Lines of code, in a fence that nothing in them can close. */
export function codeBlock(code: string): string {
  const fence = "`".repeat(Math.max(3, longestRun(code) + 1));
  return `${fence}lua\n${code}\n${fence}`;
}

/** A word of code in a line of text. Line breaks become blanks. */
export function inlineCode(code: string): string {
  const line = code.replaceAll(/\s+/g, " ");
  const ticks = "`".repeat(longestRun(line) + 1);
  const blank = line.startsWith("`") || line.endsWith("`") || line.trim() === "" ? " " : "";
  return `${ticks}${blank}${line}${blank}${ticks}`;
}

/** A text from a file, shown as it is: nothing in it is markup. Single line breaks stay. */
export function plainText(text: string): string {
  return text
    .replaceAll(/[\\`*_{}[\]()#+\-.!|<>~&:=@$^]/g, "\\$&")
    .replaceAll(/\r\n|\r|\n/g, "  \n")
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

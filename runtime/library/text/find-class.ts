/** Where in an answer its class is looked for first. */
export type ParseDirection = "start" | "end";

const decoration = /[*"'`]/g;

/**
 * The class that an answer names, as it was declared: a line that is the class, or has it as a whole word, whichever
 * line comes first in the direction. Case and quotation do not count; of several classes in a line the longest does.
 */
export function findClass(
  answer: string,
  classes: readonly string[],
  direction: ParseDirection,
): string | undefined {
  const lines = linesOf(answer).map((line) => line.replaceAll(decoration, "").trim().toLowerCase());
  const ordered = direction === "end" ? lines.toReversed() : lines;
  const longestFirst = [...classes].sort((one, other) => other.length - one.length);
  for (const line of ordered) {
    const exact = classes.find((candidate) => candidate.toLowerCase() === line);
    const found = exact ?? longestFirst.find((candidate) => hasWord(line, candidate.toLowerCase()));
    if (found !== undefined) return found;
  }
  return undefined;
}

/** What an answer says beside its class: all of it, without a last line that is nothing else. */
export function explanationIn(answer: string, found: string): string | undefined {
  const lines = linesOf(answer);
  const last = lines.at(-1)?.replaceAll(decoration, "").trim().toLowerCase();
  const rest = last === found.toLowerCase() ? lines.slice(0, -1) : lines;
  return rest.length === 0 ? undefined : rest.join("\n");
}

function linesOf(text: string): readonly string[] {
  return text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
}

function hasWord(line: string, word: string): boolean {
  for (let at = line.indexOf(word); word !== "" && at !== -1; at = line.indexOf(word, at + 1)) {
    const before = line.slice(0, at).at(-1) ?? " ";
    const behind = line.slice(at + word.length).at(0) ?? " ";
    if (!isLetter(before) && !isLetter(behind)) return true;
  }
  return false;
}

function isLetter(character: string): boolean {
  return /[\p{L}\p{N}_]/u.test(character);
}

/**
 * Text that came from a procedure, a model, a tool or a file is data. Before it reaches a terminal, everything that
 * could steer one (escape sequences, carriage returns) or deceive a reader (bidi overrides, invisible characters) is
 * shown as what it is, and long texts are cut.
 */

/** Controls, format characters, surrogates, private use, separators, and letters that draw nothing. */
const unseen =
  /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\u2028\u2029\u115f\u1160\u3164\uffa0]|\u034f|[\u{e0100}-\u{e01ef}]/gu;

/** Several lines of foreign text: line feeds stay, tabs become blanks, everything else that is unseen is spelled out. */
export function visibleText(text: string): string {
  return text.replaceAll("\r\n", "\n").replaceAll("\t", "  ").replace(unseen, spellOut);
}

/** One line of at most `most` characters; line breaks become `⏎`, a cut ends with `…`. */
export function oneLine(text: string, most = 160): string {
  const line = visibleText(text.slice(0, most * 4))
    .trim()
    .replaceAll(/\s*\n\s*/g, " ⏎ ");
  return line.length > most || text.length > most * 4 ? `${line.slice(0, most - 1)}…` : line;
}

/** Several lines of at most `most` characters in all; says how much was left out. */
export function bounded(text: string, most = 8000): string {
  const shown = visibleText(text.slice(0, most));
  return text.length > most ? `${shown}\n… ${text.length - most} more characters` : shown;
}

function spellOut(character: string): string {
  if (character === "\n") return character;
  return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
}

/** What a character can be in Lua's C locale, as bits; characters beyond ASCII are nothing. */
export const CharacterClass = { space: 1, nameStart: 2, digit: 4, hexDigit: 8 } as const;

const { space, nameStart, digit, hexDigit } = CharacterClass;
const classes = Uint8Array.from({ length: 128 }, (_, code) => {
  const character = String.fromCharCode(code);
  return (
    (/[\t-\r ]/.test(character) ? space : 0) |
    (/[A-Za-z_]/.test(character) ? nameStart : 0) |
    (/[0-9]/.test(character) ? digit : 0) |
    (/[0-9A-Fa-f]/.test(character) ? hexDigit : 0)
  );
});

/** The code of `\n`. */
export const lineFeed = 10;
/** The code of `\r`. */
export const carriageReturn = 13;

/** Whether a character (NaN behind the end of a text) is in one of the classes. */
export function isCharacter(code: number, wanted: number): boolean {
  return code < 128 && ((classes[code] ?? 0) & wanted) !== 0;
}

/** White space, the line breaks among it. */
export function isSpace(code: number): boolean {
  return isCharacter(code, space);
}

/** A letter, a digit or `_`. */
export function isNamePart(code: number): boolean {
  return isCharacter(code, nameStart | digit);
}

/** A decimal digit. */
export function isDigit(code: number): boolean {
  return isCharacter(code, digit);
}

/** A hexadecimal digit. */
export function isHexDigit(code: number): boolean {
  return isCharacter(code, hexDigit);
}

/** One of the two characters that end a line; a pair of different ones is one line break. */
export function isLineBreak(code: number): boolean {
  return code === lineFeed || code === carriageReturn;
}

/** Whether an offset lies between the `\r` and the `\n` of one line break, where editors have no position. */
export function splitsLineBreak(text: string, offset: number): boolean {
  return text.charCodeAt(offset) === lineFeed && text.charCodeAt(offset - 1) === carriageReturn;
}

/** Offset of the next line break before `limit`, or `limit`. */
export function lineEnd(text: string, offset: number, limit: number = text.length): number {
  let end = offset;
  while (end < limit && !isLineBreak(text.charCodeAt(end))) end++;
  return end;
}

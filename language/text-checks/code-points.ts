/** Names of characters that draw nothing, in lower case as people would say them. */
export const hiddenCharacterNames: ReadonlyMap<number, string> = new Map([
  [0x00, "null character"],
  [0x07, "bell"],
  [0x08, "backspace"],
  [0x1b, "escape"],
  [0x7f, "delete"],
  [0xad, "soft hyphen"],
  [0x34f, "combining grapheme joiner"],
  [0x61c, "Arabic letter mark"],
  [0x115f, "Hangul filler"],
  [0x1160, "Hangul filler"],
  [0x180e, "Mongolian vowel separator"],
  [0x200b, "zero width space"],
  [0x200c, "zero width non-joiner"],
  [0x200d, "zero width joiner"],
  [0x200e, "left-to-right mark"],
  [0x200f, "right-to-left mark"],
  [0x2028, "line separator"],
  [0x2029, "paragraph separator"],
  [0x202a, "left-to-right embedding"],
  [0x202b, "right-to-left embedding"],
  [0x202c, "pop directional formatting"],
  [0x202d, "left-to-right override"],
  [0x202e, "right-to-left override"],
  [0x2060, "word joiner"],
  [0x2066, "left-to-right isolate"],
  [0x2067, "right-to-left isolate"],
  [0x2068, "first strong isolate"],
  [0x2069, "pop directional isolate"],
  [0x2800, "blank Braille pattern"],
  [0x3164, "Hangul filler"],
  [0xfe0e, "text variation selector"],
  [0xfe0f, "emoji variation selector"],
  [0xfeff, "zero width no-break space"],
  [0xffa0, "Hangul filler"],
]);

/** A character for people: `U+202E right-to-left override`; one without a name is a control or invisible. */
export function codePointName(code: number, names: ReadonlyMap<number, string>): string {
  const number = `U+${code.toString(16).toUpperCase().padStart(4, "0")}`;
  const name = names.get(code) ?? (code < 0xa0 ? "control character" : "");
  return name === "" ? number : `${number} ${name}`;
}

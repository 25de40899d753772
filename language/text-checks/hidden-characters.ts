import type { Span } from "#language/syntax/tree.ts";
import { codePointName, hiddenCharacterNames } from "#language/text-checks/code-points.ts";

/**
 * A character, or a run of them, that a reader can't see: it may reorder what is shown (`direction`), draw nothing
 * (`invisible`) or steer a terminal (`control`).
 */
export interface HiddenCharacter extends Span {
  readonly kind: "direction" | "invisible" | "control";
  /** `U+202E right-to-left override`. */
  readonly name: string;
}

const controls = String.raw`\u0000-\u0008\u000e-\u001f\u007f-\u009f\u2028\u2029\ufff9-\ufffb`;
const directions = String.raw`\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069`;
const invisibles = String.raw`\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200d\u2060-\u2065\u206a-\u206f\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0`;
const tags = String.raw`[\u{e0000}-\u{e007f}]+`;
const selectors = String.raw`[\u{e0100}-\u{e01ef}]+`;

const hidden = new RegExp(`([${controls}])|([${directions}])|[${invisibles}]|${tags}|${selectors}`, "gu");

/** Writing systems that need joiners, or are written from right to left. */
const joining = scripts(
  "Arabic Syriac Mongolian Devanagari Bengali Gurmukhi Gujarati Oriya Tamil Telugu Kannada Malayalam Sinhala Khmer",
  "Myanmar Thai Tibetan",
);
const rightToLeft = scripts("Arabic Hebrew Syriac Thaana Nko");
const drawn = /\p{Extended_Pictographic}|\p{Emoji_Modifier}|\ufe0f/u;

/** A file with more of them is no text. */
const mostFound = 1000;

/**
 * The hidden characters of a whole file, in order. Left out is what people write on purpose: the byte order mark in
 * front, joiners and selectors in emoji and in scripts that need them, direction marks beside right-to-left letters.
 * Ends after a thousand.
 */
export function findHiddenCharacters(text: string): HiddenCharacter[] {
  const found: HiddenCharacter[] = [];
  for (const match of text.matchAll(hidden)) {
    const [characters, control, direction] = match;
    const end = match.index + characters.length;
    if (isOnPurpose(text, characters, match.index, end)) continue;
    const kind = control ? "control" : direction ? "direction" : "invisible";
    found.push({ start: match.index, end, kind, name: nameOf(characters) });
    if (found.length === mostFound) break;
  }
  return found;
}

function isOnPurpose(text: string, characters: string, start: number, end: number): boolean {
  const before = characterBefore(text, start);
  const after = characterAt(text, end);
  switch (characters) {
    case "\ufeff":
      return start === 0;
    case "\u200d":
      return (drawn.test(before) && drawn.test(after)) || joining.test(before);
    case "\u200b":
    case "\u200c":
      return joining.test(before);
    case "\u200e":
    case "\u200f":
    case "\u061c":
      return rightToLeft.test(before) || rightToLeft.test(after);
    case "\ufe0e":
    case "\ufe0f":
      return /[#*\d]/.test(before) ? after === "\u20e3" : /\p{Emoji}/u.test(before);
  }
  if (/^[\ufe00-\ufe0d\u{e0100}-\u{e01ef}]$/u.test(characters)) return /\p{Script=Han}/u.test(before);
  // Flags of regions are spelled in tags behind a black flag.
  return before === "\u{1f3f4}" && characters.endsWith("\u{e007f}");
}

function nameOf(characters: string): string {
  const first = characters.codePointAt(0) ?? 0;
  if (first < 0xe0000) return codePointName(first, hiddenCharacterNames);
  if (first >= 0xe0100) return codePointName(first, new Map([[first, "invisible variation selector"]]));
  const spelled = Array.from(characters, tagLetter).join("");
  return `${codePointName(first, new Map())} invisible tag characters that spell "${spelled}"`;
}

/** Tag characters mirror ASCII: a text can be smuggled past a reader in them. */
function tagLetter(character: string): string {
  const code = (character.codePointAt(0) ?? 0) - 0xe0000;
  return code >= 0x20 && code < 0x7f ? String.fromCodePoint(code) : "";
}

function characterBefore(text: string, offset: number): string {
  const isLowHalf = /[\udc00-\udfff]/.test(text[offset - 1] ?? "");
  return offset === 0 ? "" : text.slice(offset - (isLowHalf ? 2 : 1), offset);
}

function characterAt(text: string, offset: number): string {
  const code = text.codePointAt(offset);
  return code === undefined ? "" : String.fromCodePoint(code);
}

function scripts(...names: readonly string[]): RegExp {
  const classes = names.flatMap((line) => line.split(" ")).map((name) => `\\p{Script=${name}}`);
  return new RegExp(`[${classes.join("")}]`, "u");
}

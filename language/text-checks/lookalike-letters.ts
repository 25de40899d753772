import type { Span } from "#language/syntax/tree.ts";
import { codePointName } from "#language/text-checks/code-points.ts";

/** A name that reads like another one. */
export interface Lookalikes {
  /** The name as it reads, in ASCII. */
  readonly plain: string;
  readonly letters: readonly LookalikeLetter[];
}

/** A letter that looks like an ASCII one; the span is relative to the name. */
interface LookalikeLetter extends Span {
  /** `U+0430 Cyrillic`. */
  readonly name: string;
  readonly looksLike: string;
}

/** Letters of other scripts that most typefaces draw as the ASCII letter below them. */
const twins: readonly (readonly [script: string, letters: string, ascii: string])[] = [
  ["Cyrillic", "асеорхуіјѕһԁԛԝѵӏАВЕКМНОРСТХІЈЅԌ", "aceopxyijshdqwvlABEKMHOPCTXIJSG"],
  ["Greek", "ονΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "ovABEZHIKMNOPTYX"],
  ["Armenian", "օսհո", "ouhn"],
  ["Latin", "ɑɡıℓ", "agil"],
];

const ascii: ReadonlyMap<string, { readonly script: string; readonly letter: string }> = new Map(
  twins.flatMap(([script, letters, plain]) =>
    Array.from(letters, (letter, index) => [letter, { script, letter: plain[index] ?? "" }] as const),
  ),
);

/**
 * Letters in the name of a tool, an agent or a key that pass for ASCII letters: when they stand among ASCII letters, or
 * when the whole name reads like one of `known`. A name in one other script is nothing strange, and gives undefined.
 */
export function findLookalikes(name: string, known?: { has(name: string): boolean }): Lookalikes | undefined {
  if (!beyondAscii.test(name)) return undefined;
  const letters: LookalikeLetter[] = [];
  let plain = "";
  let offset = 0;
  for (const character of name) {
    const twin = twinOf(character);
    const end = offset + character.length;
    if (twin) {
      const number = codePointName(character.codePointAt(0) ?? 0, new Map());
      letters.push({ start: offset, end, name: `${number} ${twin.script}`, looksLike: twin.letter });
    }
    plain += twin?.letter ?? character;
    offset = end;
  }
  if (letters.length === 0) return undefined;
  return /[A-Za-z]/.test(name) || known?.has(plain) ? { plain, letters } : undefined;
}

const beyondAscii = /[\u0080-\uffff]/;

/** Full-width and mathematical letters have their ASCII form in Unicode itself. */
function twinOf(character: string): { readonly script: string; readonly letter: string } | undefined {
  const known = ascii.get(character);
  if (known || character < "\u0100") return known;
  const letter = character.normalize("NFKC");
  return /^[A-Za-z0-9_]$/.test(letter) ? { script: "compatibility form", letter } : undefined;
}

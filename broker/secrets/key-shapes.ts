interface KeyShape {
  /** What the service reserves for its keys. */
  readonly prefixes: readonly string[];
  /** Set of the characters behind it. */
  readonly characters: string;
  readonly least: number;
  /** Undefined: as many as there are. */
  readonly most?: number;
  /** What must follow. */
  readonly end?: string;
}

/**
 * Values with the shape of a well-known service's key, whoever's they are. Only shapes that ordinary text does not
 * have: a prefix that the service reserves, and a long tail.
 */
const keyShapes: readonly KeyShape[] = [
  { prefixes: ["sk-"], characters: "[A-Za-z0-9_-]", least: 20 },
  { prefixes: ["AKIA"], characters: "[0-9A-Z]", least: 16, most: 16, end: "\\b" },
  { prefixes: ["AIza"], characters: "[0-9A-Za-z_-]", least: 35, most: 35 },
  { prefixes: ["ghp_", "gho_", "ghu_", "ghs_", "ghr_"], characters: "[A-Za-z0-9]", least: 36 },
  { prefixes: ["xoxa-", "xoxb-", "xoxp-", "xoxr-", "xoxs-"], characters: "[A-Za-z0-9-]", least: 10 },
];

/** Characters of a key that arrives in pieces which are held back; no service issues keys that long. */
const longestHeld = 300;

/** Sources of the patterns that find whole keys. */
export const keyPatterns: readonly string[] = keyShapes.map(
  ({ prefixes, characters, least, most = "", end = "" }) =>
    `\\b(?:${prefixes.join("|")})${characters}{${least},${most}}${end}`,
);

const openKey = new RegExp(`\\b(?:${keyShapes.flatMap(openPatterns).join("|")})$`);

/** Length of the end of a text that may be the start of a key, or a key that goes on in the next piece. */
export function openKeyLength(text: string): number {
  const end = text.slice(-longestHeld);
  return openKey.exec(end)?.[0].length ?? 0;
}

function openPatterns({ prefixes, characters, most = longestHeld }: KeyShape): string[] {
  return prefixes.flatMap((prefix) => [
    `${prefix}${characters}{0,${most}}`,
    ...Array.from({ length: prefix.length - 1 }, (_, index) => prefix.slice(0, index + 1)),
  ]);
}

/**
 * The kinds of semantic tokens, as their number in the list. Keywords, comments, numbers and strings are the grammar's.
 * New kinds are added at the end.
 */
export const tokenTypes = [
  "function",
  "method",
  "property",
  "parameter",
  "label",
  "modifier",
  "variable",
  "class",
  "namespace",
  "type",
  "keyword",
] as const;

export type TokenType = (typeof tokenTypes)[number];

/** What can be said of a token besides its kind, as bits in the order of the list. */
export const tokenModifiers = ["declaration", "readonly", "defaultLibrary", "deprecated"] as const;

export type TokenModifier = (typeof tokenModifiers)[number];

/** The number of a kind. */
export function typeNumber(type: TokenType): number {
  return tokenTypes.indexOf(type);
}

/** The bits of some modifiers. */
export function modifierBits(...modifiers: readonly TokenModifier[]): number {
  return modifiers.reduce((bits, modifier) => bits | (1 << tokenModifiers.indexOf(modifier)), 0);
}

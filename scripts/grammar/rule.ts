/** One rule of a TextMate grammar. */
export interface Rule {
  readonly name?: string;
  readonly contentName?: string;
  readonly match?: string;
  readonly begin?: string;
  readonly end?: string;
  readonly include?: string;
  readonly captures?: Captures;
  readonly beginCaptures?: Captures;
  readonly endCaptures?: Captures;
  readonly patterns?: readonly Rule[];
}

type Captures = Readonly<Record<string, { readonly name?: string; readonly patterns?: readonly Rule[] }>>;

/** Rules by the name under which others include them. */
export type Repository = Readonly<Record<string, Rule>>;

/** A capture that only has a name. */
export function named(name: string): { readonly name: string } {
  return { name };
}

/** A group of alternatives, longest first, so that no word hides a longer one. */
export function oneOf(words: readonly string[]): string {
  return `(?:${[...words].sort((a, b) => b.length - a.length || a.localeCompare(b)).join("|")})`;
}

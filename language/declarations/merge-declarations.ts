/** A declaration that the text tells. */
export interface StaticDeclaration {
  readonly kind: string;
  /** Absent when the text does not tell. */
  readonly name?: string;
  /** From 1; where the word that declares stands. */
  readonly line: number;
}

/** A declaration that the evaluation has met; `EvaluatedDeclaration` is one. */
export interface MetDeclaration {
  readonly kind: string;
  readonly name?: string;
  readonly uri: string;
  readonly line: number;
}

/** A declaration with how it is known. One text in a loop, or in a helper, may have been met many times. */
export type MergedDeclaration<Static extends StaticDeclaration, Met extends MetDeclaration> = {
  readonly kind: string;
  readonly name?: string;
  /** In the file `uri`, which is not the one that was evaluated for what a module declares. */
  readonly line: number;
  readonly uri: string;
} & (
  | { readonly from: "static"; readonly static: Static }
  | { readonly from: "evaluated"; readonly evaluated: Met }
  | { readonly from: "both"; readonly static: Static; readonly evaluated: Met }
);

/**
 * Joins what the text of a file tells with what evaluating it found, in the order of lines, modules last. A name that
 * the evaluation found wins; a text that it never reached (a branch not taken, a file that ends early) stays as it is.
 */
export function mergeDeclarations<Static extends StaticDeclaration, Met extends MetDeclaration>(
  uri: string,
  known: readonly Static[],
  met: readonly Met[],
): readonly MergedDeclaration<Static, Met>[] {
  const sites = new Sites(known);
  const found = met.map((evaluated): MergedDeclaration<Static, Met> => {
    const site = evaluated.uri === uri ? sites.take(evaluated) : undefined;
    const name = evaluated.name ?? site?.name;
    const place = { kind: evaluated.kind, ...(name !== undefined && { name }), uri: evaluated.uri };
    return site
      ? { ...place, line: site.line, from: "both", static: site, evaluated }
      : { ...place, line: evaluated.line, from: "evaluated", evaluated };
  });
  const rest = sites.untouched().map(
    (site): MergedDeclaration<Static, Met> => ({
      kind: site.kind,
      ...(site.name !== undefined && { name: site.name }),
      line: site.line,
      uri,
      from: "static",
      static: site,
    }),
  );
  const all = [...found, ...rest];
  return all.sort(
    (left, right) => Number(left.uri !== uri) - Number(right.uri !== uri) || left.line - right.line,
  );
}

/** The declarations of a text, found again by their line, else by their name. */
class Sites<Static extends StaticDeclaration> {
  readonly #known: readonly Static[];
  readonly #byLine: ReadonlyMap<string, readonly Static[]>;
  readonly #byName: ReadonlyMap<string, readonly Static[]>;
  readonly #taken = new Set<Static>();

  constructor(known: readonly Static[]) {
    this.#known = known;
    this.#byLine = grouped(known, ({ kind, line }) => `${kind} ${line}`);
    this.#byName = grouped(known, ({ kind, name }) => `${kind} ${name ?? ""}`);
  }

  /** Of several in one line the one of that name, else the first that nothing has taken yet. */
  take({ kind, name, line }: MetDeclaration): Static | undefined {
    const here = this.#byLine.get(`${kind} ${line}`) ?? [];
    const named = name === undefined ? [] : (this.#byName.get(`${kind} ${name}`) ?? []);
    const free = (site: Static): boolean => !this.#taken.has(site);
    const site =
      here.find((known) => known.name === name) ?? here.find(free) ?? here[0] ?? named.find(free) ?? named[0];
    if (site) this.#taken.add(site);
    return site;
  }

  untouched(): readonly Static[] {
    return this.#known.filter((site) => !this.#taken.has(site));
  }
}

/** `Map.groupBy`, which the Node of older editors lacks. */
function grouped<Item>(items: readonly Item[], keyOf: (item: Item) => string): ReadonlyMap<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group) group.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return groups;
}

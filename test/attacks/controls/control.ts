/** A change of one source file: `from` must be found in it exactly once. */
export interface Mutation {
  /** From the root of the repository. */
  readonly file: string;
  readonly from: string;
  readonly to: string;
}

/**
 * Something that holds attacks. The product has no switch for it: "off" is a variant of the product that is built from
 * mutated sources. Where several walls stand behind each other, all of them are named: an attack works only without.
 */
export interface Control {
  /** Kebab-case; unique. Attacks that name the same control share its variant. */
  readonly id: string;
  readonly off: readonly [Mutation, ...Mutation[]];
}

import fc from "fast-check";

/** Something of the product that reads what a stranger wrote. */
export interface Target<Input> {
  readonly inputs: fc.Arbitrary<Input>;
  /** Rejects when the property does not hold for this input. */
  readonly check: (input: Input) => Promise<void>;
  readonly close?: () => void;
}

/** Checks the property of a target for so many inputs. Rejects with the smallest input found that breaks it. */
export async function fuzz<Input>(target: Target<Input>, count: number, seed: number): Promise<void> {
  try {
    await fc.assert(fc.asyncProperty(target.inputs, checked(target)), { numRuns: count, seed });
  } finally {
    target.close?.();
  }
}

function checked<Input>({ check }: Target<Input>): (input: Input) => Promise<void> {
  return async (input) => {
    await check(input);
    if ("polluted" in {}) throw new Error("The prototype of all objects was changed.");
  };
}

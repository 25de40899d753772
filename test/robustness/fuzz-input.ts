import { procedures, settings } from "./corpus.ts";
import { mutate } from "./mutations.ts";
import { Random } from "./random.ts";

/** A damaged text, what kind of document it is given as, and how it gets to the server. */
export interface FuzzInput {
  readonly index: number;
  readonly kind: "procedure" | "settings";
  readonly text: string;
  readonly arrival: "open" | "edit" | "replace";
  /** Goes on where the making of the text ended. */
  readonly random: Random;
}

/** Of five inputs one is YAML: 25,000 are 20,000 procedures and 5,000 sidecars. */
const settingsShare = 0.2;

/** Input number `index` of a seed; it is the same whatever was made before. */
export function makeInput(seed: number, index: number): FuzzInput {
  const random = new Random(Math.imul(seed, 0x9e3779b1) ^ Math.imul(index + 1, 0x85ebca6b));
  const kind = random.chance(settingsShare) ? "settings" : "procedure";
  const corpus = kind === "settings" ? settings : procedures;
  const text = mutate(random.pick(corpus), random, corpus);
  return { index, kind, text, arrival: random.pick(["edit", "edit", "replace", "open"]), random };
}

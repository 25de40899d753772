import type { Json } from "#common/json.ts";
import type { ModelBackend } from "./model-definition.ts";

/** What the answers of an ensemble make together: the most frequent one, or the mean of those that are numbers. */
export function combinedOutput(answers: readonly Json[], strategy: "vote" | "average"): Json {
  if (strategy === "average") {
    const numbers = answers.filter((answer) => typeof answer === "number");
    return numbers.length === 0 ? null : numbers.reduce((sum, value) => sum + value, 0) / numbers.length;
  }
  const votes = new Map<string, number>();
  for (const answer of answers) {
    const key = JSON.stringify(answer);
    votes.set(key, (votes.get(key) ?? 0) + 1);
  }
  const most = Math.max(...votes.values());
  return answers.find((answer) => votes.get(JSON.stringify(answer)) === most) ?? null;
}

type TestBackend = Extract<ModelBackend, { kind: "ab_test" }>;

/** The arm that this prediction goes to, by the weights. With a seed it is always the same one. */
export function drawnArm({ arms, weights, seed }: TestBackend, random: () => number): number {
  const shares = arms.map((_, index) => weights[index] ?? 1);
  const total = shares.reduce((sum, share) => sum + share, 0);
  let left = (seed === undefined ? random() : fractionOf(seed)) * total;
  const drawn = shares.findIndex((share) => {
    left -= share;
    return left < 0;
  });
  return drawn === -1 ? arms.length - 1 : drawn;
}

/** A number from 0 to 1 that depends on nothing but the seed. */
function fractionOf(seed: number): number {
  const mixed = Math.imul((seed | 0) ^ 0x9e3779b9, 0x85ebca6b);
  return ((mixed ^ (mixed >>> 13)) >>> 0) / 2 ** 32;
}

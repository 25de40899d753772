import type { Json } from "#common/json.ts";
import { editSimilarity } from "../../library/text/similarity.ts";
import { plainText } from "../../schema/plain-text.ts";
import { shown } from "../expected-value.ts";
import { searches } from "../pattern.ts";
import { StepFailure } from "../step-failure.ts";

/** Percent that texts are alike unless a step says another number. */
export const usualSimilarity = 80;

/** `what` names the value: "the output answer". */
export function expectPattern(what: string, actual: Json | undefined, pattern: string): void {
  if (actual !== undefined && searches(pattern, plainText(actual))) return;
  throw new StepFailure(`Expected ${what} to match "${pattern}", but it is ${shown(actual)}.`);
}

/** Whether a value is at least that similar to a text, in percent. */
export function expectSimilar(
  what: string,
  actual: Json | undefined,
  expected: string,
  percent: number,
): void {
  const similarity = actual === undefined ? 0 : editSimilarity(plainText(actual), expected) * 100;
  if (similarity >= percent) return;
  throw new StepFailure(
    `Expected ${what} to be ${percent}% similar to "${expected}", but it is ${shown(actual)} (${similarity.toFixed(0)}%).`,
  );
}

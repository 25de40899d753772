import { type AnswerOption, type HumanQuestion, optionsOf } from "#protocol/humans/human-question.ts";

/** Words for the usual decisions that mean the same on the original's channels. */
const synonyms: ReadonlyMap<string, string> = new Map([
  ["approved", "approve"],
  ["rejected", "reject"],
]);

/** The option of a review that a decision names, by its value or its label. */
export function decidedOption(question: HumanQuestion, decision: string): AnswerOption | undefined {
  const wanted = meaning(decision);
  return optionsOf(question).find(({ label, value }) => meaning(label) === wanted || isMeant(value, wanted));
}

/**
 * A decision in the words that the procedure compares with: the value of the option that a person named by its label.
 * One that is a word for the value already stays as it was given.
 */
export function decisionValue(question: HumanQuestion, decision: string): string {
  const value = decidedOption(question, decision)?.value;
  return typeof value === "string" && !isMeant(value, meaning(decision)) ? value : decision;
}

function isMeant(value: AnswerOption["value"], wanted: string): boolean {
  return typeof value === "string" && meaning(value) === wanted;
}

function meaning(text: string): string {
  const word = text.toLowerCase();
  return synonyms.get(word) ?? word;
}

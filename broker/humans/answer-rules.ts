import { isJsonObject, isSameJson, type Json, ownMember } from "#common/json.ts";
import { exceedsDepth } from "#common/json-depth.ts";
import { oneLine } from "#common/visible-text.ts";
import { type HumanQuestion, itemsOf, optionsOf, takesSeveral } from "#protocol/humans/human-question.ts";
import { decidedOption } from "./review-decision.ts";
import { uploadProblem } from "./uploads.ts";

type Rule = (question: HumanQuestion, answer: Json) => string | undefined;

/** What an answer must look like, by the kind of the question. */
const rules: Readonly<Record<HumanQuestion["kind"], Rule>> = {
  approval: (_question, answer) =>
    typeof answer === "boolean" ? undefined : "An approval is answered with true or false.",
  input: inputProblem,
  select: selectProblem,
  review: reviewProblem,
  escalation: () => undefined,
  upload: uploadProblem,
  inputs: inputsProblem,
  custom: () => undefined,
};

/** Characters of an answer as JSON, and its depth: it must fit into a frame with room to spare. */
const longestAnswer = 1024 * 1024;
const deepestAnswer = 32;

/** Says what is wrong with an answer, for the person who gave it; undefined when it fits its question. */
export function problemOfAnswer(question: HumanQuestion, answer: Json): string | undefined {
  if (exceedsDepth(answer, deepestAnswer)) return "The answer is nested too deeply.";
  if (JSON.stringify(answer).length > longestAnswer) return "The answer is too long.";
  return rules[question.kind](question, answer);
}

function inputProblem(question: HumanQuestion, answer: Json): string | undefined {
  if (typeof answer === "string" || isOption(question, answer)) return undefined;
  return "An input is answered with a text.";
}

function selectProblem(question: HumanQuestion, answer: Json): string | undefined {
  if (!takesSeveral(question)) {
    return isOption(question, answer) ? undefined : `The answer is none of the options: ${labels(question)}.`;
  }
  if (!Array.isArray(answer)) return "A selection of several is answered with a list.";
  const chosen: readonly Json[] = answer;
  if (!chosen.every((item) => isOption(question, item))) {
    return `The answer has a value that is no option: ${labels(question)}.`;
  }
  if (chosen.some((item, index) => chosen.findIndex((other) => isSameJson(other, item)) < index)) {
    return "The answer has an option twice.";
  }
  return countProblem(chosen.length, question.details["min"], question.details["max"]);
}

function countProblem(
  count: number,
  minimum: Json | undefined,
  maximum: Json | undefined,
): string | undefined {
  if (typeof minimum === "number" && count < minimum) return `At least ${minimum} options must be chosen.`;
  if (typeof maximum === "number" && count > maximum) return `At most ${maximum} options may be chosen.`;
  return undefined;
}

function reviewProblem(question: HumanQuestion, answer: Json): string | undefined {
  const shape = "A review is answered with {decision, feedback, edited_artifact}.";
  if (!isJsonObject(answer) || typeof answer["decision"] !== "string") return shape;
  const feedback = answer["feedback"];
  if (feedback !== undefined && feedback !== null && typeof feedback !== "string") return shape;
  return optionsOf(question).length === 0 || decidedOption(question, answer["decision"])
    ? undefined
    : `The decision is none of the options: ${labels(question)}.`;
}

function inputsProblem(question: HumanQuestion, answer: Json): string | undefined {
  if (!isJsonObject(answer)) return "Several inputs are answered with an object of id and value.";
  const items = itemsOf(question);
  const unknown = Object.keys(answer).find((id) => !items.some((item) => item.question.id === id));
  if (unknown !== undefined) return `There is no question with the id ${JSON.stringify(unknown)}.`;
  for (const { label, required, question: part } of items) {
    const value = ownMember(answer, part.id);
    const isBlank = value === undefined || value === null || value === "";
    if (isBlank && required) return `${label}: an answer is required.`;
    const problem = isBlank ? undefined : problemOfAnswer(part, value);
    if (problem) return `${label}: ${problem}`;
  }
  return undefined;
}

function isOption(question: HumanQuestion, answer: Json): boolean {
  return optionsOf(question).some(({ value }) => isSameJson(value, answer));
}

function labels(question: HumanQuestion): string {
  const all = optionsOf(question).map(({ label }) => label);
  return all.length === 0 ? "there are none" : oneLine(all.join(", "), 300);
}

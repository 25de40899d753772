import { isDeepStrictEqual } from "node:util";
import { isJsonObject, type Json } from "#common/json.ts";
import type { HumanQuestion } from "./human-front-end.ts";

type Rule = (question: HumanQuestion, answer: Json) => string | undefined;

/** What an answer must look like, by the kind of the question. `upload` and `custom` are between front end and procedure. */
const rules: Readonly<Record<HumanQuestion["kind"], Rule>> = {
  approval: (_question, answer) =>
    typeof answer === "boolean" ? undefined : "An approval is answered with true or false.",
  input: inputProblem,
  select: selectProblem,
  review: reviewProblem,
  escalation: () => undefined,
  upload: () => undefined,
  inputs: (_question, answer) =>
    isJsonObject(answer) ? undefined : "Several inputs are answered with an object of id and value.",
  custom: () => undefined,
};

/** Says what is wrong with an answer, for the person who gave it; undefined when it fits its question. */
export function problemOfAnswer(question: HumanQuestion, answer: Json): string | undefined {
  return rules[question.kind](question, answer);
}

function inputProblem({ options = [] }: HumanQuestion, answer: Json): string | undefined {
  if (typeof answer === "string" || isOneOf(options, answer)) return undefined;
  return "An input is answered with a text.";
}

function selectProblem({ options = [], details }: HumanQuestion, answer: Json): string | undefined {
  if (details["mode"] !== "multiple") {
    return isOneOf(options, answer) ? undefined : "The answer is none of the options.";
  }
  if (!Array.isArray(answer)) return "A selection of several is answered with a list.";
  if (!answer.every((item: Json) => isOneOf(options, item)))
    return "The answer has a value that is no option.";
  return countProblem(answer.length, details["min"], details["max"]);
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

function reviewProblem(_question: HumanQuestion, answer: Json): string | undefined {
  const shape = "A review is answered with {decision, feedback, edited_artifact}.";
  if (!isJsonObject(answer) || typeof answer["decision"] !== "string") return shape;
  const feedback = answer["feedback"];
  return feedback === undefined || feedback === null || typeof feedback === "string" ? undefined : shape;
}

/** Options are plain values, or objects with a `value` (or only a `label`, which then is the value). */
function isOneOf(options: readonly Json[], answer: Json): boolean {
  return options.some((option) => isDeepStrictEqual(optionValue(option), answer));
}

function optionValue(option: Json): Json {
  if (!isJsonObject(option)) return option;
  return option["value"] ?? option["label"] ?? null;
}

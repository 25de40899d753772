import type { Json } from "#common/json.ts";
import { type HumanQuestion, itemsOf, takesSeveral } from "#protocol/humans/human-question.ts";

/**
 * What counts when nobody answered in time: the question's default, else the answer of its kind that grants and
 * changes nothing. An approval that nobody gave is not given.
 */
export function fallbackAnswer(question: HumanQuestion): Json {
  if (question.default !== undefined) return givenDefault(question, question.default);
  switch (question.kind) {
    case "approval":
      return false;
    case "review":
      return { decision: "reject", feedback: "", edited_artifact: question.details["artifact"] ?? null };
    case "select":
      return takesSeveral(question) ? [] : null;
    case "inputs":
      return Object.fromEntries(
        itemsOf(question).flatMap(({ question: item }) =>
          item.default === undefined ? [] : [[item.id, item.default]],
        ),
      );
    case "input":
    case "upload":
    case "escalation":
    case "custom":
      return null;
  }
}

/** A decision alone is a review without a word, as it is in an answer. */
function givenDefault({ kind, details }: HumanQuestion, preset: Json): Json {
  if (kind !== "review" || typeof preset !== "string") return preset;
  return { decision: preset, feedback: "", edited_artifact: details["artifact"] ?? null };
}

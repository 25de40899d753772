import type { Json } from "#common/json.ts";
import { type HumanQuestion, itemsOf, takesSeveral } from "#protocol/humans/human-question.ts";

/**
 * What counts when nobody answered in time: the question's default, else the answer of its kind that grants and
 * changes nothing. An approval that nobody gave is not given.
 */
export function fallbackAnswer(question: HumanQuestion): Json {
  if (question.default !== undefined) return question.default;
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

import type { Json, JsonObject } from "#common/json.ts";
import { jsonPreview } from "#common/json-text.ts";
import { fail } from "#common/result.ts";
import type { QuestionItem, SettleAnswer } from "#protocol/humans/human-question.ts";
import type { AskedQuestion, AskPart } from "./asked-question.ts";
import type { PickItem } from "./prompts.ts";

const send = Symbol("send");

/**
 * A form: first every question without an answer, one after the other, then all of them to look over, change and
 * send. What need not be answered is passed over at first.
 */
export async function askItems(
  asked: AskedQuestion,
  items: readonly QuestionItem[],
  askPart: AskPart,
): Promise<JsonObject | undefined> {
  const answers = new Map<QuestionItem, Json>();
  for (const item of items.filter(({ required }) => required)) {
    const answer = await askItem(asked, item, askPart);
    if (answer === undefined) return undefined;
    answers.set(item, answer);
  }
  while (!asked.signal.aborted) {
    const chosen = await asked.prompts.pick(asked.texts, overview(items, answers));
    if (chosen === undefined) return undefined;
    if (chosen === send) return answersById(answers);
    const answer = await askItem(asked, chosen, askPart);
    if (answer !== undefined) answers.set(chosen, answer);
  }
  return undefined;
}

function askItem(
  asked: AskedQuestion,
  { question, label, required }: QuestionItem,
  askPart: AskPart,
): Promise<Json | undefined> {
  const settle: SettleAnswer = async (part, given) =>
    required && given === "" ? fail("An answer is required.") : asked.settle(part, given);
  return askPart({ ...asked, settle }, question, label);
}

function overview(
  items: readonly QuestionItem[],
  answers: ReadonlyMap<QuestionItem, Json>,
): readonly PickItem<QuestionItem | typeof send>[] {
  const rows = items.map((item) => ({
    label: item.label,
    description: jsonPreview(answers.get(item) ?? item.question.default ?? null, 80),
    value: item,
  }));
  return [{ label: "Send", description: "or change one of the answers", value: send }, ...rows];
}

function answersById(answers: ReadonlyMap<QuestionItem, Json>): JsonObject {
  return Object.fromEntries([...answers].map(([item, answer]) => [item.question.id, answer]));
}

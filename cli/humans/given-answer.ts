import { type Json, jsonOrText } from "#common/json.ts";
import type { Result } from "#common/result.ts";
import type { HumanQuestion, SettleAnswer } from "#protocol/humans/human-question.ts";
import { typedAnswer } from "./typed-answer.ts";

/**
 * What a VALUE of the command line means as the answer to a question: the JSON that it is, where that fits; else what
 * it would mean when typed at the terminal (`y`, the number or the name of an option, a path).
 */
export async function givenAnswer(
  text: string,
  question: HumanQuestion,
  settle: SettleAnswer,
): Promise<Result<Json, string>> {
  const asJson = await settle(question, jsonOrText(text));
  if (asJson.ok) return asJson;
  const typed = typedAnswer(text, question);
  const settled = typed === undefined ? asJson : await settle(question, typed);
  return settled.ok ? settled : asJson;
}

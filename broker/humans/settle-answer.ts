import { isJsonObject, type Json, type JsonObject, ownMember } from "#common/json.ts";
import { fail, ok, type Result } from "#common/result.ts";
import { type HumanQuestion, itemsOf } from "#protocol/humans/human-question.ts";
import { problemOfAnswer } from "./answer-rules.ts";
import { schemaProblem } from "./response-schema.ts";
import { decidedOption, decisionValue } from "./review-decision.ts";
import { type UploadFiles, uploadedFiles } from "./uploads.ts";

/**
 * An answer as the procedure gets it: completed with what the person need not say, and checked by the rules of its
 * kind and the schema that the procedure gave. The one way in, for a terminal, an editor and a stored answer.
 */
export async function settleAnswer(
  question: HumanQuestion,
  given: Json,
  files: UploadFiles,
): Promise<Result<Json, string>> {
  const answer = await completed(question, given, files);
  if (!answer.ok) return answer;
  const problem = problemOfAnswer(question, answer.value) ?? schemaProblem(question, answer.value);
  return problem === undefined ? answer : fail(problem);
}

async function completed(
  question: HumanQuestion,
  given: Json,
  files: UploadFiles,
): Promise<Result<Json, string>> {
  if (question.kind === "upload") return uploadedFiles(given, files);
  if (question.kind === "review") return ok(completedReview(question, given));
  if (question.kind === "inputs" && isJsonObject(given)) return completedItems(question, given, files);
  return ok(given);
}

/** A decision alone is a review without a word and without a change, in the words of its option. */
function completedReview(question: HumanQuestion, given: Json): Json {
  const answer =
    typeof given === "string" ? { decision: decidedOption(question, given)?.value ?? given } : given;
  if (!isJsonObject(answer)) return given;
  const { decision } = answer;
  const unsaid = { feedback: "", edited_artifact: question.details["artifact"] ?? null };
  const named = typeof decision === "string" && { decision: decisionValue(question, decision) };
  return { ...unsaid, ...answer, ...named };
}

/** Items that need no answer have their default without one. */
async function completedItems(
  question: HumanQuestion,
  given: JsonObject,
  files: UploadFiles,
): Promise<Result<Json, string>> {
  const answers = new Map(Object.entries(given));
  for (const { label, question: item } of itemsOf(question)) {
    const value = ownMember(given, item.id) ?? item.default;
    if (value === undefined) continue;
    const answer = await completed(item, value, files);
    if (!answer.ok) return fail(`${label}: ${answer.error}`);
    answers.set(item.id, answer.value);
  }
  return ok(Object.fromEntries(answers));
}

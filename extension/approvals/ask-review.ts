import type { Json, JsonObject } from "#common/json.ts";
import { visibleText } from "#common/visible-text.ts";
import { type HumanQuestion, optionsOf } from "#protocol/humans/human-question.ts";
import { jsonBlock } from "../screen/json-text.ts";
import { foreignLabel, type PickItem, type PromptTexts, promptPick, promptText } from "./prompts.ts";
import { textDetail } from "./question-text.ts";
import { belowPrompt, type TextDocuments } from "./text-documents.ts";

/** Characters of an artifact that are shown. */
const longestText = 1_000_000;

interface Review {
  readonly question: HumanQuestion;
  readonly texts: PromptTexts;
  readonly documents: TextDocuments;
  readonly signal: AbortSignal;
}

type Choice = { readonly kind: "edit" } | { readonly kind: "decide"; readonly decision: string };

/**
 * Shows what is to be reviewed (as a comparison when the procedure gives the original), lets the person edit it, and
 * asks for the decision. An edit is compared with what came before it is sent.
 */
export async function askReview(review: Review): Promise<JsonObject | undefined> {
  const { question, documents, signal } = review;
  const artifact: Json = question.details["artifact"] ?? "";
  const proposal = jsonBlock(artifact, longestText);
  const original = textDetail(question, "original");
  let edited: string | undefined;
  await (original === undefined
    ? documents.show("Review", belowPrompt(proposal))
    : documents.compare("Review: original and proposal", visibleText(original), proposal));
  while (!signal.aborted) {
    const choices = choicesOf(question, edited !== undefined);
    const choice = (await promptPick(review.texts, choices, signal))?.value;
    if (!choice) return undefined;
    if (choice.kind === "decide") return decided(review, choice.decision, edited ?? artifact);
    edited = (await documents.edit(edited ?? proposal, signal)) ?? edited;
    if (edited !== undefined) await documents.compare("Review: proposal and your edit", proposal, edited);
  }
  return undefined;
}

async function decided(review: Review, decision: string, artifact: Json): Promise<JsonObject | undefined> {
  const texts = { title: review.texts.title, prompt: "Feedback for the procedure (may be left empty)" };
  const feedback = await promptText(texts, {}, review.signal);
  return feedback === undefined ? undefined : { decision, feedback, edited_artifact: artifact };
}

/** The procedure's options come after the harmless one, which Enter would choose. */
function choicesOf(question: HumanQuestion, edited: boolean): readonly PickItem<Choice>[] {
  const options = optionsOf(question);
  return [
    { label: edited ? "$(edit) Edit Again" : "$(edit) Edit First", value: { kind: "edit" } },
    ...options.map(({ label, value }) => ({
      label: foreignLabel(label),
      value: { kind: "decide" as const, decision: typeof value === "string" ? value : label },
      ...(edited ? { description: "with your edit" } : {}),
    })),
  ];
}

import type { Json } from "#common/json.ts";
import { oneLine } from "#common/visible-text.ts";
import { type HumanQuestion, itemsOf, optionsOf } from "#protocol/humans/human-question.ts";
import { askCustom } from "./ask-custom.ts";
import { askItems } from "./ask-items.ts";
import { askReview } from "./ask-review.ts";
import { askSelect, askText, askUpload } from "./ask-value.ts";
import type { AskedQuestion } from "./asked-question.ts";

/**
 * Asks until an answer fits; whatever is wrong with one is said before the question is asked again. Undefined when
 * the person closed it: nothing is decided by that.
 */
export async function askQuestion(asked: AskedQuestion): Promise<Json | undefined> {
  while (!asked.signal.aborted) {
    const given = await askOnce(asked);
    if (given === undefined) return undefined;
    const settled = await asked.settle(asked.question, given);
    if (settled.ok) return settled.value;
    await asked.prompts.tell(settled.error);
  }
  return undefined;
}

/** A part of a larger question, which stands in no dialog of its own. */
async function askPart(
  asked: AskedQuestion,
  question: HumanQuestion,
  label: string,
): Promise<Json | undefined> {
  const { message } = question;
  const prompt = message === "" || message === label ? label : `${label}: ${message}`;
  const part = { ...asked, question, texts: { title: asked.texts.title, prompt: oneLine(prompt, 300) } };
  if (question.kind !== "approval") return askQuestion(part);
  return asked.prompts.pick(part.texts, [
    { label: "No", value: false },
    { label: "Yes", value: true },
  ]);
}

function askOnce(asked: AskedQuestion): Promise<Json | undefined> {
  switch (asked.question.kind) {
    case "approval":
      return approve(asked);
    case "escalation":
      return acknowledge(asked);
    case "input":
      return optionsOf(asked.question).length > 0 ? askSelect(asked, "Write a Text") : askText(asked);
    case "select":
      return askSelect(asked);
    case "review":
      return askReview(asked);
    case "inputs":
      return askItems(asked, itemsOf(asked.question), askPart);
    case "upload":
      return askUpload(asked);
    case "custom":
      return askCustom(asked, askPart);
  }
}

async function approve({ prompts, texts }: AskedQuestion): Promise<boolean | undefined> {
  const answer = await prompts.decide(texts, ["Approve", "Reject"]);
  return answer === undefined ? undefined : answer === "Approve";
}

/** Any answer lets the procedure go on; the time of it is what counts. */
async function acknowledge({ prompts, texts }: AskedQuestion): Promise<true | undefined> {
  return (await prompts.decide(texts, ["Acknowledge"])) === undefined ? undefined : true;
}

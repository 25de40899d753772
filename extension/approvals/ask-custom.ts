import { type Json, jsonOrText } from "#common/json.ts";
import { actionsOf } from "#protocol/humans/human-question.ts";
import { formOf } from "#protocol/humans/schema-form.ts";
import { askItems } from "./ask-items.ts";
import { askText } from "./ask-value.ts";
import type { AskedQuestion, AskPart } from "./asked-question.ts";
import type { PickItem } from "./prompts.ts";

const answer = Symbol("answer");

/**
 * A question for a component that this editor does not have: one of its actions, a form by the schema of its answer,
 * or any value, as JSON or as a text.
 */
export async function askCustom(asked: AskedQuestion, askPart: AskPart): Promise<Json | undefined> {
  const { question, texts, prompts } = asked;
  const form = formOf(question);
  const actions: readonly PickItem<Json | typeof answer>[] = actionsOf(question).map(({ label, value }) => ({
    label,
    value: { action: value },
  }));
  if (actions.length > 0) {
    const chosen = await prompts.pick<Json | typeof answer>(texts, [
      { label: form ? "Fill In the Form" : "Write an Answer", value: answer },
      ...actions,
    ]);
    if (chosen !== answer) return chosen;
  }
  return form ? askItems(asked, form, askPart) : askText(asked, jsonOrText);
}

import { type Json, type JsonObject, parseJsonSafely } from "#common/json.ts";
import { jsonBlock } from "#common/json-text.ts";
import { visibleText } from "#common/visible-text.ts";
import { optionsOf } from "#protocol/humans/human-question.ts";
import type { AskedQuestion } from "./asked-question.ts";
import type { PickItem } from "./prompts.ts";
import { textDetail } from "./question-text.ts";

/** Characters of an artifact that are shown. */
const longestText = 1_000_000;

type Choice = { readonly kind: "edit" } | { readonly kind: "decide"; readonly decision: string };

interface Edit {
  /** As it stands in the editor. */
  readonly text: string;
  /** As the procedure gets it. */
  readonly artifact: Json;
}

/**
 * Shows what is to be reviewed (as a comparison when the procedure gives the original), lets the person edit it, and
 * asks for the decision and a word about it. An edit is compared with what came before it is sent.
 */
export async function askReview(asked: AskedQuestion): Promise<JsonObject | undefined> {
  const { question, texts, prompts, documents, signal } = asked;
  const artifact = question.details["artifact"] ?? "";
  const proposal = jsonBlock(artifact, longestText);
  const original = textDetail(question, "original");
  await (original === undefined
    ? documents.showBelowPrompt("Review", proposal)
    : documents.compare("Review: original and proposal", visibleText(original), proposal));
  let edit: Edit = { text: proposal, artifact };
  while (!signal.aborted) {
    const choice = await prompts.pick(texts, choicesOf(asked, edit.text !== proposal));
    if (!choice) return undefined;
    if (choice.kind === "decide") return decided(asked, choice.decision, edit.artifact);
    edit = await edited(asked, edit);
    if (edit.text !== proposal)
      await documents.compare("Review: proposal and your edit", proposal, edit.text);
  }
  return undefined;
}

/** The next edit; what is no text has to stay JSON. */
async function edited({ question, documents, prompts, signal }: AskedQuestion, edit: Edit): Promise<Edit> {
  const text = await documents.edit(edit.text, signal);
  if (text === undefined) return edit;
  if (typeof (question.details["artifact"] ?? "") === "string") return { text, artifact: text };
  try {
    return { text, artifact: parseJsonSafely(text) };
  } catch {
    // The person sees it and can edit again.
    await prompts.tell(
      "The edited text is not JSON any more, and the procedure gave JSON. The edit is left out.",
    );
    return edit;
  }
}

async function decided(
  { texts, prompts }: AskedQuestion,
  decision: string,
  artifact: Json,
): Promise<JsonObject | undefined> {
  const prompt = "Feedback for the procedure (may be left empty)";
  const feedback = await prompts.text({ title: texts.title, prompt }, {});
  return feedback === undefined ? undefined : { decision, feedback, edited_artifact: artifact };
}

/** The procedure's options come after the harmless one, which Enter would choose. */
function choicesOf({ question }: AskedQuestion, isEdited: boolean): readonly PickItem<Choice>[] {
  return [
    { label: isEdited ? "Edit Again" : "Edit First", value: { kind: "edit" } },
    ...optionsOf(question).map(({ label, value, description }) => {
      const note = [description, isEdited ? "with your edit" : undefined].filter(Boolean).join(" · ");
      return {
        label,
        ...(note !== "" && { description: note }),
        value: { kind: "decide" as const, decision: typeof value === "string" ? value : label },
      };
    }),
  ];
}

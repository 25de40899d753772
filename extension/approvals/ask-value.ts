import { isSameJson, type Json } from "#common/json.ts";
import { optionsOf, takesSeveral } from "#protocol/humans/human-question.ts";
import type { AskedQuestion } from "./asked-question.ts";
import type { PickItem } from "./prompts.ts";
import { textDetail } from "./question-text.ts";

/** A text, as it was typed; `read` tells what it means when it is no text. */
export async function askText(
  { question, texts, prompts, settle }: AskedQuestion,
  read: (typed: string) => Json = (typed) => typed,
): Promise<Json | undefined> {
  const placeholder = textDetail(question, "placeholder");
  const value = presetText(question.default);
  const typed = await prompts.text(texts, {
    ...(placeholder !== undefined && { placeholder }),
    ...(value !== undefined && { value }),
    check: async (text) => {
      const settled = await settle(question, read(text));
      return settled.ok ? undefined : settled.error;
    },
  });
  return typed === undefined ? undefined : read(typed);
}

function presetText(preset: Json | undefined): string | undefined {
  return preset === undefined || typeof preset === "string" ? preset : JSON.stringify(preset);
}

const written = Symbol("written");

/** One of the options, or several; with `other` a text instead. */
export async function askSelect(asked: AskedQuestion, other?: string): Promise<Json | undefined> {
  const { question, texts, prompts, settle } = asked;
  const items = optionItems(asked);
  if (takesSeveral(question)) {
    return prompts.picks(texts, items, async (chosen) => {
      const settled = await settle(question, chosen);
      return settled.ok ? undefined : settled.error;
    });
  }
  const writing: readonly PickItem<Json | typeof written>[] = other ? [{ label: other, value: written }] : [];
  const chosen = await prompts.pick(texts, [...items, ...writing]);
  return chosen === written ? askText(asked) : chosen;
}

function optionItems({ question }: AskedQuestion): readonly PickItem<Json>[] {
  const preset =
    takesSeveral(question) && Array.isArray(question.default) ? question.default : [question.default];
  return optionsOf(question).map(({ label, value, description, style }) => {
    const note = [description, style === "danger" ? "careful" : undefined].filter(Boolean).join(" · ");
    return {
      label,
      value,
      ...(note !== "" && { description: note }),
      picked: preset.some((chosen) => isSameJson(chosen, value)),
    };
  });
}

/** A file of the workspace, by its path in it, or several. */
export async function askUpload({ question, texts, prompts }: AskedQuestion): Promise<Json | undefined> {
  const several = takesSeveral(question);
  const accept = Array.isArray(question.details["accept"]) ? question.details["accept"] : [];
  const chosen = await prompts.files(texts, {
    several,
    accept: accept.filter((kind: Json) => typeof kind === "string"),
  });
  return several ? chosen : chosen?.[0];
}

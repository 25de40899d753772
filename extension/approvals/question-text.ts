import type { Json } from "#common/json.ts";
import { jsonBlock } from "#common/json-text.ts";
import { bounded, oneLine } from "#common/visible-text.ts";
import { askerText } from "#protocol/humans/asker-text.ts";
import type { HumanQuestion } from "#protocol/humans/human-question.ts";

/**
 * Everything that the question says, for a dialog or a document: message, then each detail under its name. Its lines
 * stand behind a bar; the words that say who asks do not.
 */
export function fullText(question: HumanQuestion, file: string): string {
  const details = Object.entries(question.details)
    .filter(([, value]) => !isEmpty(value))
    .map(([name, value]) => framed(`${oneLine(name, 60)}:\n${jsonBlock(value, 1_000_000)}`));
  return [askerText(question, file), framed(bounded(question.message, 1_000_000)), ...details].join("\n\n");
}

function framed(text: string): string {
  return text.replaceAll(/^/gm, "│ ");
}

/** A detail that is a text. */
export function textDetail(question: HumanQuestion, name: string): string | undefined {
  const value = question.details[name];
  return typeof value === "string" ? value : undefined;
}

function isEmpty(value: Json): boolean {
  return value === null || value === "" || (typeof value === "object" && Object.keys(value).length === 0);
}

import type { Json } from "#common/json.ts";
import { oneLine } from "#common/visible-text.ts";
import { askerText } from "#protocol/humans/asker-text.ts";
import { type HumanQuestion, optionsOf, takesSeveral } from "#protocol/humans/human-question.ts";
import { framedLines } from "../output/framed-lines.ts";

/**
 * The whole question: who asks, then nothing left out of sight of what will be decided on. What was asked stands behind
 * a bar, so that no line of it can be taken for one of ours.
 */
export function questionText(question: HumanQuestion, file: string): string {
  const { message, details, options, timeoutSeconds } = question;
  const shown = Object.entries(details).filter(([name, value]) => name !== "items" && !isEmpty(value));
  return [
    askerText(question, file),
    ...framedLines(message),
    ...shown.flatMap(([name, value]) => framedLines(detailText(name, value))),
    ...(options ? optionLines(question) : []),
    ...(timeoutSeconds === undefined ? [] : [`  (waits ${timeoutSeconds} s)`]),
  ].join("\n");
}

/** What stands before the place where the answer is typed. */
export function promptOf(question: HumanQuestion): string {
  const { kind, default: preset } = question;
  if (kind === "approval") return "Approve (y/n) ";
  if (kind === "escalation") return "Enter to go on: ";
  if (kind === "upload") return takesSeveral(question) ? "Paths, with commas between them: " : "Path: ";
  return preset === undefined ? "> " : `[${oneLine(JSON.stringify(preset), 60)}] > `;
}

/** The options, each with the number that chooses it. */
export function optionLines(question: HumanQuestion): string[] {
  return optionsOf(question).map(({ label, description }, index) =>
    [`  ${index + 1}) ${oneLine(label)}`, description && oneLine(description)].filter(Boolean).join(" – "),
  );
}

/** Texts as they stand, everything else as JSON. */
function detailText(name: string, value: Json): string {
  const text = typeof value === "string" ? value : JSON.stringify(value, undefined, 2);
  const separator = text.includes("\n") ? "\n" : " ";
  return `${oneLine(name, 60)}:${separator}${text}`;
}

function isEmpty(value: Json): boolean {
  return value === null || value === "" || (typeof value === "object" && Object.keys(value).length === 0);
}

import type { Json } from "#common/json.ts";
import { bounded, oneLine } from "#common/visible-text.ts";
import { type HumanQuestion, optionsOf, takesSeveral } from "#protocol/humans/human-question.ts";

/** The whole question: nothing of what will be decided on is left out of sight. What was asked is shown as data. */
export function questionText(question: HumanQuestion): string {
  const { message, details, options, timeoutSeconds } = question;
  const shown = Object.entries(details).filter(([name, value]) => name !== "items" && !isEmpty(value));
  return [
    bounded(message),
    ...shown.map(([name, value]) => detailText(name, value)),
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
  return `${oneLine(name, 60)}:${separator}${bounded(text)}`;
}

function isEmpty(value: Json): boolean {
  return value === null || value === "" || (typeof value === "object" && Object.keys(value).length === 0);
}

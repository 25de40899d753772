import type { HumanQuestion } from "#broker/humans/human-front-end.ts";
import { isJsonObject, type Json } from "#common/json.ts";

/** What a typed line means as the answer to a question; undefined when it means nothing. */
export function typedAnswer(line: string, question: HumanQuestion): Json | undefined {
  const text = line.trim();
  if (question.kind === "approval") return yesOrNo(text);
  if (text === "" && question.default !== undefined) return question.default;
  if (question.kind === "escalation") return null;
  const options = question.options ?? [];
  if (question.kind === "select" && question.details["mode"] === "multiple") return severalOf(options, text);
  if (question.kind === "select" || question.kind === "review") return oneOf(options, text);
  if (question.kind === "input") return oneOf(options, text) ?? text;
  return jsonOrText(text);
}

/** What an option is called. */
export function optionLabel(option: Json): string {
  const label = isJsonObject(option) ? (option["label"] ?? option["value"]) : option;
  return typeof label === "string" ? label : JSON.stringify(label);
}

function yesOrNo(text: string): boolean | undefined {
  if (/^(y|yes)$/i.test(text)) return true;
  return /^(n|no)$/i.test(text) ? false : undefined;
}

/** An option by its number or its name. */
function oneOf(options: readonly Json[], text: string): Json | undefined {
  const named = options.find((option) => optionLabel(option).toLowerCase() === text.toLowerCase());
  const option = named ?? options[Number(text) - 1];
  return isJsonObject(option) ? (option["value"] ?? option["label"]) : option;
}

function severalOf(options: readonly Json[], text: string): Json | undefined {
  const parts = text.split(",").filter((part) => part.trim() !== "");
  const chosen = parts.map((part) => oneOf(options, part.trim()));
  return chosen.every((option) => option !== undefined) ? chosen : undefined;
}

function jsonOrText(text: string): Json {
  try {
    const value: Json = JSON.parse(text);
    return value;
  } catch {
    // Not JSON: then it is meant as it stands.
    return text;
  }
}

import { type Json, jsonOrText } from "#common/json.ts";
import { type HumanQuestion, optionsOf, takesSeveral } from "#protocol/humans/human-question.ts";

/** What a typed line means as the answer to a question; undefined when it means nothing. */
export function typedAnswer(line: string, question: HumanQuestion): Json | undefined {
  const text = line.trim();
  if (question.kind === "approval") return yesOrNo(text);
  if (text === "" && question.default !== undefined) return question.default;
  switch (question.kind) {
    case "escalation":
      return null;
    case "select":
      return takesSeveral(question) ? severalOf(question, text) : oneOf(question, text);
    case "review":
      return oneOf(question, text);
    case "input":
      return oneOf(question, text) ?? text;
    case "upload":
      return takesSeveral(question) ? partsOf(text) : text;
    case "inputs":
    case "custom":
      return jsonOrText(text);
  }
}

function yesOrNo(text: string): boolean | undefined {
  if (/^(y|yes|true)$/i.test(text)) return true;
  return /^(n|no|false)$/i.test(text) ? false : undefined;
}

/** An option by its name or its number. */
function oneOf(question: HumanQuestion, text: string): Json | undefined {
  const options = optionsOf(question);
  const named = options.find(({ label }) => label.toLowerCase() === text.toLowerCase());
  return (named ?? options[Number(text) - 1])?.value;
}

function severalOf(question: HumanQuestion, text: string): Json | undefined {
  const chosen = partsOf(text).map((part) => oneOf(question, part));
  return chosen.every((option) => option !== undefined) ? chosen : undefined;
}

function partsOf(text: string): string[] {
  return text
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== "");
}

import type { Json } from "#common/json.ts";
import type { FieldSchema } from "../ports.ts";
import type { OutputSchema } from "../schema/output-schema.ts";

/** How a model is led to its answer: by the prompt alone, or by thinking aloud first. */
export type PromptingStyle = "raw" | "predict" | "chain_of_thought";

/** Words of the language for the styles, in lower case. */
const styles: Readonly<Record<string, PromptingStyle>> = {
  raw: "raw",
  predict: "predict",
  chainofthought: "chain_of_thought",
};

/** The style of a word, in any case. */
export function promptingStyle(word: string): PromptingStyle | undefined {
  return styles[word.toLowerCase().replaceAll("_", "")];
}

/** What the model is told of the style; a structured answer has its thoughts in a field instead. */
export function styleInstructions(
  style: PromptingStyle,
  output: OutputSchema | undefined,
): string | undefined {
  if (style !== "chain_of_thought" || output?.kind === "fields") return undefined;
  return "Think step by step before you answer. Write your thoughts after the word REASONING: and then your answer after the word RESPONSE:";
}

const reasoning: FieldSchema = {
  type: "string",
  required: true,
  description: "how you get to the answer, step by step; write it first",
};

/** The output of an agent that thinks aloud: a structured one has a field for the thoughts. */
export function outputOfStyle(
  style: PromptingStyle,
  output: OutputSchema | undefined,
): OutputSchema | undefined {
  if (style !== "chain_of_thought" || output?.kind !== "fields" || output.fields["reasoning"]) return output;
  return { kind: "fields", fields: { reasoning, ...output.fields } };
}

/** An answer in text that has its thoughts before it, taken apart; undefined when it is not written so. */
export function reasonedAnswer(
  text: string,
): { readonly reasoning: string; readonly response: string } | undefined {
  const [, thoughts, response] = /REASONING:\s*([\s\S]*?)\s*RESPONSE:\s*([\s\S]*?)\s*$/.exec(text) ?? [];
  return thoughts === undefined || response === undefined ? undefined : { reasoning: thoughts, response };
}

/** The output of an answer in text: with its thoughts where it has them. */
export function outputOfText(style: PromptingStyle, text: string, parse: (text: string) => Json): Json {
  if (style !== "chain_of_thought") return parse(text);
  return reasonedAnswer(text) ?? { response: text };
}

import type { Json } from "#common/json.ts";
import type { HumanQuestion, SettleAnswer } from "#protocol/humans/human-question.ts";
import type { Documents, Prompts, PromptTexts } from "./prompts.ts";

/** A question put before the person at this editor. */
export interface AskedQuestion {
  readonly question: HumanQuestion;
  readonly texts: PromptTexts;
  readonly prompts: Prompts;
  readonly documents: Documents;
  readonly settle: SettleAnswer;
  readonly signal: AbortSignal;
}

/** Asks one of the questions that a larger one is made of, under its label. */
export type AskPart = (asked: AskedQuestion, part: HumanQuestion, label: string) => Promise<Json | undefined>;

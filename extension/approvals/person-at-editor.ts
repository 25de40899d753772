import type { Json } from "#common/json.ts";
import { bounded } from "#common/visible-text.ts";
import { askerText } from "#protocol/humans/asker-text.ts";
import type { HumanQuestion, SettleAnswer } from "#protocol/humans/human-question.ts";
import { askQuestion } from "./ask-question.ts";
import { EditorPrompts } from "./editor-prompts.ts";
import type { Documents, PromptTexts } from "./prompts.ts";
import { fullText } from "./question-text.ts";

/** How much of a message fits into a dialog; all of it is one button away. */
const longestDialog = 1500;

/** A question on its way to the person. */
interface QuestionForPerson {
  readonly question: HumanQuestion;
  /** The procedure, relative to its workspace. */
  readonly file: string;
  readonly workspaceRoot: string;
  readonly settle: SettleAnswer;
  readonly signal: AbortSignal;
}

/** Puts a question before the person; undefined when they close it without an answer. */
export type AskPerson = (asked: QuestionForPerson) => Promise<Json | undefined>;

/** The person at this editor. */
export function personAtEditor(documents: Documents): AskPerson {
  return async ({ question, file, workspaceRoot, settle, signal }) => {
    const title = askerText(question, file);
    const all = fullText(question, file);
    const detail = bounded(all.slice(title.length).trim(), longestDialog);
    const texts: PromptTexts = { title, prompt: question.message, detail };
    const showAll = (): Promise<void> => documents.showBelowPrompt("Question", all);
    const prompts = new EditorPrompts({ workspaceRoot, signal, showAll });
    try {
      return await askQuestion({ question, texts, prompts, documents, settle, signal });
    } finally {
      await documents.closeBelowPrompt();
    }
  };
}

import type { Json } from "#common/json.ts";
import { bounded, oneLine } from "#common/visible-text.ts";
import type { HumanQuestion } from "#protocol/humans/human-question.ts";
import { askReview } from "./ask-review.ts";
import { askChoice, askItems, askText, askUpload } from "./ask-value.ts";
import { type PromptTexts, promptModal } from "./prompts.ts";
import type { QuestionQueue } from "./question-queue.ts";
import { askerOf, fullText } from "./question-text.ts";
import { belowPrompt, type TextDocuments } from "./text-documents.ts";

/** How much of a message fits into a dialog; all of it is one button away. */
const longestDialog = 1500;

/** Puts the questions of a run before the person at this editor: `HumanFrontEnd` of the broker. */
export class EditorHumans {
  readonly #file: string;
  readonly #queue: QuestionQueue;
  readonly #documents: TextDocuments;

  constructor(options: {
    readonly file: string;
    readonly queue: QuestionQueue;
    readonly documents: TextDocuments;
  }) {
    this.#file = options.file;
    this.#queue = options.queue;
    this.#documents = options.documents;
  }

  /** The answer, or undefined when the person closed the question: the run then waits. */
  ask(question: HumanQuestion, { signal }: { readonly signal: AbortSignal }): Promise<Json | undefined> {
    return this.#queue.ask(() => this.#show(question, signal), signal);
  }

  async #show(question: HumanQuestion, signal: AbortSignal): Promise<Json | undefined> {
    const texts: PromptTexts = {
      title: askerOf(question, this.#file),
      prompt: oneLine(question.message, 300),
    };
    switch (question.kind) {
      case "approval":
        return this.#approve(question, texts, signal);
      case "escalation":
        await this.#modal(question, texts, { given: "Acknowledge", closed: "Close" }, signal);
        return null;
      case "review":
        return askReview({ question, texts, documents: this.#documents, signal });
      case "select":
        return askChoice(question, texts, signal);
      case "inputs":
        return askItems(question, texts, signal);
      case "upload":
        return askUpload(question, texts);
      case "input":
      case "custom":
        return askText(question, texts, signal);
    }
  }

  /** Closing the dialog refuses: nothing is approved without its button. */
  async #approve(
    question: HumanQuestion,
    texts: PromptTexts,
    signal: AbortSignal,
  ): Promise<boolean | undefined> {
    const answer = await this.#modal(question, texts, { given: "Approve", closed: "Reject" }, signal);
    return signal.aborted ? undefined : answer === "Approve";
  }

  #modal<Answer extends string>(
    question: HumanQuestion,
    { title }: PromptTexts,
    answers: { readonly given: Answer; readonly closed: string },
    signal: AbortSignal,
  ): Promise<Answer | undefined> {
    const all = fullText(question, this.#file);
    const detail = bounded(all.slice(title.length).trim(), longestDialog);
    const showAll = (): Promise<void> => this.#documents.show("Question", belowPrompt(all));
    return promptModal({ title, prompt: detail }, answers, showAll, signal);
  }
}

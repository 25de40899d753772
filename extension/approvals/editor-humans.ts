import type { Json } from "#common/json.ts";
import type { HumanQuestion, SettleAnswer } from "#protocol/humans/human-question.ts";
import type { Inbox } from "./inbox.ts";
import type { AskPerson } from "./person-at-editor.ts";
import type { QuestionQueue } from "./question-queue.ts";

interface EditorHumansParts {
  /** The procedure, relative to its workspace. */
  readonly file: string;
  readonly workspaceRoot: string;
  readonly inbox: Inbox;
  readonly queue: QuestionQueue;
  readonly askPerson: AskPerson;
}

/** Distinguishes the questions of all runs of this editor. */
let asked = 0;

/**
 * Puts the questions of a run before the person at this editor: `HumanFrontEnd` of the broker. A question that is
 * closed without an answer stays in the inbox; nothing is decided by that.
 */
export class EditorHumans {
  readonly #parts: EditorHumansParts;

  constructor(parts: EditorHumansParts) {
    this.#parts = parts;
  }

  /** The answer, or undefined when the run is to end and wait for it. */
  async ask(
    question: HumanQuestion,
    { signal, settle }: { readonly signal: AbortSignal; readonly settle: SettleAnswer },
  ): Promise<Json | undefined> {
    const { inbox, file, queue } = this.#parts;
    const end = Promise.withResolvers<Json | undefined>();
    const ended = new AbortController();
    const waits = AbortSignal.any([signal, ended.signal]);
    const show = async (shown: AbortSignal): Promise<undefined> => {
      const answer = await this.#parts.askPerson({ ...this.#parts, question, settle, signal: shown });
      if (answer !== undefined) end.resolve(answer);
    };
    signal.addEventListener("abort", () => end.resolve(undefined), { once: true });
    asked += 1;
    const remove = inbox.add({
      id: `asked-${asked}`,
      question,
      file,
      askedAt: new Date(),
      show: () => queue.askFirst(show, waits),
      putAside: () => end.resolve(undefined),
    });
    queue.ask(show, waits).catch(end.reject);
    try {
      return await end.promise;
    } finally {
      ended.abort();
      remove();
    }
  }
}

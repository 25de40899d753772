import type { Json } from "#common/json.ts";
import type { Result } from "#common/result.ts";
import type { StartProblem } from "#runs/session/session.ts";
import type { WaitingQuestion } from "#runs/session/waiting-questions.ts";
import type { Inbox, OpenQuestion } from "./inbox.ts";
import type { AskPerson } from "./person-at-editor.ts";
import type { QuestionQueue } from "./question-queue.ts";

/** The runs of the past that wait for a person, as the inbox uses them. */
export interface WaitingRuns {
  questions(workspaceRoot: string): Promise<readonly WaitingQuestion[]>;
  store(workspaceRoot: string, asked: WaitingQuestion, value: Json): Promise<Result<void, StartProblem>>;
  /** Goes on with a run whose question was answered. */
  resume(workspaceRoot: string, run: string): Promise<void>;
  tell(problem: StartProblem, workspaceRoot: string): Promise<void>;
}

interface StoredQuestionsParts {
  readonly inbox: Inbox;
  readonly queue: QuestionQueue;
  readonly askPerson: AskPerson;
  readonly runs: WaitingRuns;
  /** The folders whose runs are looked through. */
  readonly folders: () => readonly string[];
}

/**
 * Brings the questions of runs that ended and wait into the inbox. An answer is kept in the run's journal, and the run
 * goes on.
 */
export class StoredQuestions {
  readonly #parts: StoredQuestionsParts;

  constructor(parts: StoredQuestionsParts) {
    this.#parts = parts;
  }

  /** Looks again which runs wait. */
  async refresh(): Promise<void> {
    const { inbox, runs, folders } = this.#parts;
    for (const folder of folders()) {
      const waiting = await runs.questions(folder);
      inbox.setStored(
        folder,
        waiting.map((asked) => this.#openQuestion(folder, asked)),
      );
    }
  }

  #openQuestion(workspaceRoot: string, asked: WaitingQuestion): OpenQuestion {
    const { queue } = this.#parts;
    const waits = new AbortController();
    return {
      id: `${asked.run}/${asked.question.id}`,
      question: asked.question,
      file: asked.file,
      askedAt: new Date(asked.askedAt),
      waitingRun: asked.run,
      show: async () => {
        if (asked.deadline !== undefined && asked.deadline <= Date.now())
          return this.#expired(workspaceRoot, asked);
        const show = (signal: AbortSignal): Promise<Json | undefined> =>
          this.#parts.askPerson({ ...asked, workspaceRoot, signal });
        const answer = await queue.askFirst(show, waits.signal);
        if (answer !== undefined) await this.#goOn(workspaceRoot, asked, answer);
      },
    };
  }

  /** Nobody is asked what nobody can answer any more: the run goes on with the question's default. */
  async #expired(workspaceRoot: string, asked: WaitingQuestion): Promise<void> {
    await this.#parts.runs.resume(workspaceRoot, asked.run);
    await this.refresh();
  }

  async #goOn(workspaceRoot: string, asked: WaitingQuestion, answer: Json): Promise<void> {
    const { runs } = this.#parts;
    const stored = await runs.store(workspaceRoot, asked, answer);
    await this.refresh();
    if (stored.ok) await runs.resume(workspaceRoot, asked.run);
    else await runs.tell(stored.error, workspaceRoot);
  }
}

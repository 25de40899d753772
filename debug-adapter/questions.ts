import type { DebugProtocol } from "@vscode/debugprotocol";
import { type Json, type JsonObject, jsonOrText } from "#common/json.ts";
import { fail, ok, type Result } from "#common/result.ts";
import type { RunEvent, RunEventOf } from "#protocol/events/events.ts";
import type { FrontEndServices } from "#runs/session/broker-services.ts";
import type { Sources } from "./sources.ts";
import type { References } from "./values/container.ts";
import { jsonContainer } from "./values/json-values.ts";
import type { Evaluated, Evaluation, Stack, View } from "./view.ts";

type HumanFrontEnd = NonNullable<FrontEndServices["humans"]>;
/** Threads of questions have numbers that no thread of a run has. */
const firstThread = 1_000_000;

type Asked = RunEventOf<"human.requested">;

/** Whoever asked, and waits. */
interface Waiting {
  /** Gives an answer; what is wrong with it, if something is. */
  give(answer: Json): Promise<Result<Json, string>>;
  putAside(): void;
}

/** A question as a thread that waits. */
interface QuestionThread {
  readonly id: number;
  readonly asked: Asked;
}

/** What tells the client of threads. */
export interface ThreadNews {
  stopped(thread: number, description: string): void;
  exited(thread: number): void;
}

/**
 * Questions to people, shown as threads that are suspended until somebody answers. An answer can be typed into the debug
 * console while such a thread is selected; where an editor asks by itself, that is the other way.
 */
export class Questions implements HumanFrontEnd {
  readonly #news: ThreadNews;
  readonly #threads = new Map<string, QuestionThread>();
  readonly #waiting = new Map<string, Waiting>();
  #last = firstThread;

  constructor(news: ThreadNews) {
    this.#news = news;
  }

  readonly ask: HumanFrontEnd["ask"] = (question, { signal, settle }) =>
    new Promise((resolve) => {
      const end = (answer: Json | undefined): void => {
        this.#waiting.delete(question.id);
        resolve(answer);
      };
      signal.addEventListener("abort", () => end(undefined), { once: true });
      this.#waiting.set(question.id, {
        give: async (given) => {
          const settled = await settle(question, given);
          if (settled.ok) end(settled.value);
          return settled;
        },
        putAside: () => end(undefined),
      });
    });

  /** Follows the run's events: a question opens a thread, its answer or the end of the run closes it. */
  apply(event: RunEvent): void {
    if (event.type === "human.requested") this.#open(event);
    else if (event.type === "human.responded") this.#close(event.request);
    else if (event.type === "run.finished")
      for (const request of [...this.#threads.keys()]) this.#close(request);
  }

  get threads(): readonly DebugProtocol.Thread[] {
    return [...this.#threads.values()].map(({ id, asked }) => ({
      id,
      name: `${asked.request} waits for a person: ${asked.message}`.slice(0, 120),
    }));
  }

  /** What is to be seen of the question behind a thread. */
  view(id: number, sources: Sources, references: References): View | undefined {
    const thread = [...this.#threads.values()].find((other) => other.id === id);
    return thread && new QuestionView(thread, this, { sources, references });
  }

  /** Answers with what was typed. */
  async answer({ request }: Asked, text: string): Promise<Result<Json, string>> {
    const waiting = this.#waiting.get(request);
    if (waiting) return waiting.give(jsonOrText(text));
    return fail("This question is answered where it was asked: in the editor's inbox.");
  }

  /** Leaves the questions that wait for another time, so that the run ends waiting; false when none does. */
  putAside(): boolean {
    const waiting = [...this.#waiting.values()];
    for (const one of waiting) one.putAside();
    return waiting.length > 0;
  }

  #open(asked: Asked): void {
    if (this.#threads.has(asked.request)) return;
    this.#last += 1;
    this.#threads.set(asked.request, { id: this.#last, asked });
    this.#news.stopped(this.#last, `Waits for a person: ${asked.message}`);
  }

  #close(request: string): void {
    const thread = this.#threads.get(request);
    if (!thread) return;
    this.#threads.delete(request);
    this.#news.exited(thread.id);
  }
}

/** A question, looked at: its place is its one frame. */
class QuestionView implements View {
  readonly #thread: QuestionThread;
  readonly #questions: Questions;
  readonly #parts: { readonly sources: Sources; readonly references: References };

  constructor(
    thread: QuestionThread,
    questions: Questions,
    parts: { readonly sources: Sources; readonly references: References },
  ) {
    this.#thread = thread;
    this.#questions = questions;
    this.#parts = parts;
  }

  async stack(): Promise<Stack> {
    const { id, asked } = this.#thread;
    const source = asked.at && this.#parts.sources.source(asked.at.file);
    const frame = {
      id: id,
      name: `${asked.kind}: ${asked.message}`.slice(0, 120),
      line: asked.at?.line ?? 0,
      column: asked.at ? 1 : 0,
      ...(source && { source }),
    };
    return { stackFrames: [frame], totalFrames: 1 };
  }

  async scopes(): Promise<readonly DebugProtocol.Scope[]> {
    const container = jsonContainer(questionValues(this.#thread.asked), this.#parts.references);
    return [
      { name: "Question", variablesReference: this.#parts.references.add(container), expensive: false },
    ];
  }

  async evaluate(
    _frame: number | undefined,
    { expression, context }: Evaluation,
  ): Promise<Result<Evaluated, string>> {
    if (context !== "repl") return fail("Select the procedure's thread to look at values.");
    const answered = await this.#questions.answer(this.#thread.asked, expression);
    return answered.ok ? ok({ result: "answered", variablesReference: 0 }) : answered;
  }

  async exception(): Promise<undefined> {
    return undefined;
  }
}

function questionValues({ kind, message, options, default: otherwise, details }: Asked): JsonObject {
  return {
    kind,
    message,
    ...(options && { options }),
    ...(otherwise !== undefined && { default: otherwise }),
    ...details,
  };
}

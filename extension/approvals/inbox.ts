import type { HumanQuestion } from "#protocol/humans/human-question.ts";

/** A question that waits for the person at this editor. */
export interface OpenQuestion {
  /** Unique among all open questions, and the same while it is open. */
  readonly id: string;
  readonly question: HumanQuestion;
  /** The procedure, relative to its workspace. */
  readonly file: string;
  readonly askedAt: Date;
  /** The run that ended and waits for the answer; absent while the run itself waits. */
  readonly waitingRun?: string;
  /** Puts it before the person, instead of what is before them. */
  show(): Promise<void>;
  /** Lets its run end and wait. */
  putAside?(): void;
}

/** All open questions, of runs that go on and of runs that wait: what views, badges and commands read. */
export class Inbox {
  readonly #asked = new Set<OpenQuestion>();
  readonly #stored = new Map<string, readonly OpenQuestion[]>();
  readonly #listeners = new Set<() => void>();

  /** The oldest first. */
  get questions(): readonly OpenQuestion[] {
    const all = [...this.#asked, ...[...this.#stored.values()].flat()];
    return all.sort((a, b) => a.askedAt.getTime() - b.askedAt.getTime());
  }

  /** Calls the listener at each change; gives back what ends that. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Adds a question of a run that goes on; gives back what takes it out. */
  add(question: OpenQuestion): () => void {
    this.#asked.add(question);
    this.#changed();
    return () => {
      this.#asked.delete(question);
      this.#changed();
    };
  }

  /** Sets which questions the waiting runs of a folder have. */
  setStored(folder: string, questions: readonly OpenQuestion[]): void {
    const before = (this.#stored.get(folder) ?? []).map(({ id }) => id).join();
    this.#stored.set(folder, questions);
    if (before !== questions.map(({ id }) => id).join()) this.#changed();
  }

  /** Lets all runs that go on end and wait. */
  putAllAside(): void {
    for (const question of this.#asked) question.putAside?.();
  }

  #changed(): void {
    for (const listener of this.#listeners) listener();
  }
}

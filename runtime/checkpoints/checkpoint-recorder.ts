import type { Json } from "#common/json.ts";
import type { At, Waiting } from "#protocol/events/events.ts";
import type { RunObserver } from "../debugging/run-observer.ts";
import type { CheckpointJournal } from "./checkpoint-journal.ts";

/** What kind of step a checkpoint records. */
type CheckpointKind = "step" | "turn" | "model" | "human" | "procedure" | "tool" | "host";

/** Kinds that may hold checkpoints of their own, and that `Checkpoint.*` does not count. */
const openKinds: ReadonlySet<string> = new Set(["tool", "host"]);

/** What is known of a step before it runs. */
export interface CheckpointStep {
  readonly kind: CheckpointKind;
  readonly name?: string | undefined;
  readonly at?: At | undefined;
}

/** The value of a step as it is kept: JSON text keeps integers and floats apart. */
export interface CheckpointValue {
  readonly text: string;
  readonly json: Json;
}

/** One recorded step. `value` is absent for nil. */
interface CheckpointEntry extends CheckpointStep {
  readonly value: CheckpointValue | undefined;
  /** Its number in the journal, which never goes back. */
  readonly index: number;
}

/** Texts beyond this stand in a checkpoint's event once: as exact text, when the JSON value would not be exact. */
const maximumTwice = 64 * 1024;

/**
 * Runs steps and records each that ended. A step inside another is part of the outer one and leaves no record of its
 * own. A step that raises leaves none either: the next one takes its position. In a resumed run a recorded step runs
 * again, with recorded answers for all that it asks of the outside; when its value is another than the recorded one
 * (its code was changed), the recorded one counts.
 */
export class CheckpointRecorder {
  readonly #journal: CheckpointJournal;
  readonly #log: CheckpointEntry[] = [];
  #index = 0;
  #inside = false;
  /** Told of each step once it stands in the journal, with its number; set by whoever runs the run. */
  onKept: (index: number) => void = () => {};
  /** Whoever debugs the run. */
  observer: Pick<RunObserver, "beforeCheckpoint"> | undefined;

  constructor(journal: CheckpointJournal) {
    this.#journal = journal;
  }

  /** How many steps `Checkpoint.*` counts. */
  get length(): number {
    return this.#log.length;
  }

  /** The step at a position from 0. */
  at(position: number): { readonly value: CheckpointValue | undefined } | undefined {
    return this.#log[position];
  }

  /** Drops this step and all later ones; a resumed run makes them anew. */
  truncate(position: number): void {
    const [first] = this.#log.splice(Math.max(0, position));
    if (first) this.#journal.emit({ type: "checkpoint.cleared", from: first.index });
  }

  /**
   * Runs a step; `record` tells what to keep of its result, `restore` makes a result of a recorded value that is
   * another one.
   */
  run<Result>(
    step: CheckpointStep,
    action: () => Result,
    record: (result: Result) => CheckpointValue | undefined,
    restore?: (value: CheckpointValue | undefined) => Result,
  ): Result {
    if (this.#inside) return action();
    this.observer?.beforeCheckpoint({ ...step, index: this.#index + 1 });
    const startedAt = this.#journal.now();
    const result = this.#placed(step, action);
    const value = record(result);
    const recorded = this.#keep(step, value, startedAt);
    const differs = restore && recorded && recorded.text !== value?.text && !isRedacted(recorded.text);
    return differs ? restore(exactValue(recorded.text)) : result;
  }

  /**
   * Ends the run for now, with the status `waiting`: the code can't catch it. A resumed run comes to the same place
   * and looks again whether to go on.
   */
  suspend(waiting: Waiting): never {
    return this.#journal.suspend(waiting);
  }

  #placed<Result>({ kind, at }: CheckpointStep, action: () => Result): Result {
    const { place } = this.#journal;
    this.#journal.place = at ?? place;
    this.#inside = !openKinds.has(kind);
    try {
      return action();
    } finally {
      this.#inside = false;
      this.#journal.place = place;
    }
  }

  /** Gives the journal's checkpoint when it had been made before. */
  #keep(
    step: CheckpointStep,
    value: CheckpointValue | undefined,
    startedAt: number,
  ): { readonly text?: string | undefined } | undefined {
    const durationMs = Math.max(0, this.#journal.now() - startedAt);
    const recorded = this.#journal.checkpoint(step, value?.text);
    const index = recorded?.index ?? this.#index + 1;
    this.#index = index;
    const kept = recorded ? exactValue(recorded.text) : value;
    if (!openKinds.has(step.kind)) this.#log.push({ ...step, value: kept, index });
    const clock = recorded ? undefined : this.#journal.takeClock();
    this.#journal.announce({
      type: "checkpoint",
      index,
      ...step,
      replayed: recorded !== undefined,
      ...(kept && valueFields(kept)),
      durationMs,
      ...(clock && { clock: [...clock] }),
    });
    this.onKept(index);
    return recorded;
  }
}

/** The value as events carry it, with its text where that is needed to have it back exactly. */
function valueFields({ json, text }: CheckpointValue): { value?: Json; text?: string } {
  if (JSON.stringify(json) === text) return { value: json };
  return text.length > maximumTwice ? { text } : { value: json, text };
}

function exactValue(text: string | undefined): CheckpointValue | undefined {
  return text === undefined ? undefined : { text, json: JSON.parse(text) };
}

/** A journal does not hold secrets; what was made again does. */
function isRedacted(text: string | undefined): boolean {
  return text?.includes("[redacted]") ?? false;
}

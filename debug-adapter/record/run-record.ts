import type { RunEvent, RunEventOf, RunFailure } from "#protocol/events/events.ts";

/** A place in a run that its journal knows everything about: the start, a checkpoint, or the end. */
export type Moment =
  | { readonly kind: "start"; readonly seq: number }
  | { readonly kind: "checkpoint"; readonly seq: number; readonly checkpoint: RunEventOf<"checkpoint"> }
  | { readonly kind: "end"; readonly seq: number; readonly error: RunFailure | undefined };

/**
 * The events of a run, read as moments that a debugger can stand at. It grows while the run goes on. What a resumed part
 * makes again out of the journal is no new moment, and checkpoints that the procedure dropped are none any more.
 */
export class RunRecord {
  readonly #events: RunEvent[] = [];
  #moments: Moment[] = [];

  constructor(events: Iterable<RunEvent> = []) {
    for (const event of events) this.append(event);
  }

  /** All events so far. */
  get events(): readonly RunEvent[] {
    return this.#events;
  }

  get moments(): readonly Moment[] {
    return this.#moments;
  }

  /** Position of the checkpoint with this number; undefined when there is none. */
  positionOf(checkpoint: number): number | undefined {
    const position = this.#moments.findIndex(
      (moment) => moment.kind === "checkpoint" && moment.checkpoint.index === checkpoint,
    );
    return position < 0 ? undefined : position;
  }

  /** Position of the last checkpoint, or of the start; undefined when nothing was recorded. */
  get lastCheckpoint(): number | undefined {
    const position = this.#moments.findLastIndex(({ kind }) => kind !== "end");
    return position < 0 ? undefined : position;
  }

  append(event: RunEvent): void {
    this.#events.push(event);
    const { seq } = event;
    if (event.type === "run.started") this.#begin(seq);
    else if (event.type === "checkpoint" && !event.replayed)
      this.#moments.push({ kind: "checkpoint", seq, checkpoint: event });
    else if (event.type === "checkpoint.cleared") this.#drop(event.from);
    else if (event.type === "run.finished") this.#moments.push({ kind: "end", seq, error: event.error });
  }

  /** A further part of a run goes on where the last one ended, so that was no end. */
  #begin(seq: number): void {
    if (this.#moments.length === 0) this.#moments.push({ kind: "start", seq });
    this.#moments = this.#moments.filter(({ kind }) => kind !== "end");
  }

  #drop(from: number): void {
    this.#moments = this.#moments.filter(
      (moment) => moment.kind !== "checkpoint" || moment.checkpoint.index < from,
    );
  }
}

import type { BreakpointBook } from "../breakpoint-book.ts";
import { atTheStart, noSuchMoment } from "../problems.ts";
import { procedureThread } from "../view.ts";
import { hitsAt, nextStop, previousStop } from "./recorded-stops.ts";
import type { Moment, RunRecord } from "./run-record.ts";

/** The moment of a record at which a client stands: undefined while it stands in the present. */
export class TimeTravel {
  readonly #record: RunRecord;
  readonly #breakpoints: BreakpointBook;
  #position: number | undefined;

  constructor(record: RunRecord, breakpoints: BreakpointBook) {
    this.#record = record;
    this.#breakpoints = breakpoints;
  }

  get position(): number | undefined {
    return this.#position;
  }

  /** The checkpoint from which a run of the past is run on: an end can't be gone on from, the one before it can. */
  get checkpoint(): Extract<Moment, { kind: "checkpoint" }> | undefined {
    const last = this.#record.lastCheckpoint ?? 0;
    const moment = this.#record.moments[Math.min(this.#position ?? last, last)];
    return moment?.kind === "checkpoint" ? moment : undefined;
  }

  /** Stands at the checkpoint of this number, or at the last one. */
  open(checkpoint: number | undefined): void {
    const position =
      checkpoint === undefined ? this.#record.lastCheckpoint : this.#record.positionOf(checkpoint);
    if (position === undefined)
      throw noSuchMoment(checkpoint === undefined ? "event" : `checkpoint ${checkpoint}`);
    this.#position = position;
  }

  goTo(position: number): void {
    if (!this.#record.moments[position]) throw noSuchMoment("such moment");
    this.#position = position;
  }

  /** To the moment before; from the present, to the last one. */
  back(): void {
    const from = this.#from;
    if (from === 0) throw atTheStart();
    this.#position = from - 1;
  }

  /** Back to a breakpoint. */
  backToStop(): void {
    const from = this.#from;
    if (from === 0) throw atTheStart();
    this.#position = previousStop(this.#record, from, this.#breakpoints);
  }

  /** To the next moment, or on to a breakpoint; false when there is none any more. */
  forward(to: "next" | "stop"): boolean {
    const last = this.#record.moments.length - 1;
    const from = this.#position ?? last;
    if (from >= last) return false;
    this.#position = to === "next" ? from + 1 : nextStop(this.#record, from, this.#breakpoints);
    return true;
  }

  /** The present again. */
  leave(): void {
    this.#position = undefined;
  }

  /** What the client is told of where it stands. */
  stoppedEvent(reason: string): object {
    const position = this.#position ?? 0;
    const moment = this.#record.moments[position];
    const hits = hitsAt(this.#record, position, this.#breakpoints);
    const failed = moment?.kind === "end" ? moment.error : undefined;
    return {
      reason: failed ? "exception" : hits.length > 0 ? "breakpoint" : reason,
      threadId: procedureThread,
      allThreadsStopped: true,
      ...(failed && { text: failed.message }),
      ...(hits.length > 0 && { hitBreakpointIds: hits }),
    };
  }

  get #from(): number {
    return this.#position ?? this.#record.moments.length;
  }
}

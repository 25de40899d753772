import type { At, SandboxedEvent, Waiting } from "#protocol/events/events.ts";
import { type RecordedCheckpoint, waitingCode } from "#protocol/wire/recorded.ts";
import { RequestRefused, type RuntimePorts } from "../ports.ts";
import type { Deed } from "./departure.ts";

type CheckpointEvent = Extract<SandboxedEvent, { type: "checkpoint" }>;

/** Where checkpoints are written to, and taken from in a run that has a past. */
export interface CheckpointJournal extends Pick<RuntimePorts, "emit" | "now"> {
  /** The line of the procedure that is known to run. */
  place: At | undefined;
  /** Takes the next checkpoint of the journal, when it has one; else nothing is recorded yet. */
  checkpoint(deed: Deed, text: string | undefined): RecordedCheckpoint | undefined;
  /** Sends a checkpoint, recorded or new. */
  announce(event: CheckpointEvent): void;
  /** The times since the last entry, to be kept with the next. */
  takeClock(): readonly number[] | undefined;
  /** Ends the run for now. */
  suspend(waiting: Waiting): never;
}

/** A journal that nobody goes on from: that of a test, which has no past and does not wait. */
export function passingJournal(ports: Pick<RuntimePorts, "emit" | "now">): CheckpointJournal {
  return {
    place: undefined,
    now: () => ports.now(),
    emit: (event) => ports.emit(event),
    announce: (event) => ports.emit(event),
    checkpoint: () => undefined,
    takeClock: () => undefined,
    suspend: ({ message }) => {
      throw new RequestRefused(waitingCode, message);
    },
  };
}

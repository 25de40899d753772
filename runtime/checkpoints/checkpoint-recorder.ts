import type { Json } from "#common/json.ts";
import type { At } from "#protocol/events/events.ts";
import type { RuntimePorts } from "../ports.ts";

/** What kind of step a checkpoint records. */
type CheckpointKind = "step" | "turn" | "model" | "human" | "procedure";

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
export interface CheckpointEntry extends CheckpointStep {
  readonly value: CheckpointValue | undefined;
}

/** Where the recorded steps of a run are kept, by position from 0. */
export interface CheckpointLog {
  readonly length: number;
  at(position: number): CheckpointEntry | undefined;
  append(entry: CheckpointEntry): void;
  /** Drops this entry and all later ones. */
  truncate(position: number): void;
}

/** The log of a run that starts new. */
class MemoryCheckpointLog implements CheckpointLog {
  readonly #entries: CheckpointEntry[] = [];

  get length(): number {
    return this.#entries.length;
  }

  at(position: number): CheckpointEntry | undefined {
    return this.#entries[position];
  }

  append(entry: CheckpointEntry): void {
    this.#entries.push(entry);
  }

  truncate(position: number): void {
    this.#entries.length = Math.min(this.#entries.length, Math.max(0, position));
  }
}

/**
 * Runs steps and records each that ended. A step inside another is part of the outer one and leaves no record of its
 * own, so that positions are the same whether the outer step runs or is answered from a record. A step that raises
 * leaves none either: the next one takes its position.
 */
export class CheckpointRecorder {
  readonly #ports: Pick<RuntimePorts, "emit" | "now">;
  readonly #log: CheckpointLog;
  #inside = false;

  constructor(ports: Pick<RuntimePorts, "emit" | "now">, log: CheckpointLog = new MemoryCheckpointLog()) {
    this.#ports = ports;
    this.#log = log;
  }

  get log(): CheckpointLog {
    return this.#log;
  }

  /** Runs a step; `record` tells what to keep of its result. */
  run<Result>(
    step: CheckpointStep,
    action: () => Result,
    record: (result: Result) => CheckpointValue | undefined,
  ): Result {
    if (this.#inside) return action();
    const startedAt = this.#ports.now();
    const result = this.#enclosed(action);
    this.#keep({ ...step, value: record(result) }, startedAt);
    return result;
  }

  #enclosed<Result>(action: () => Result): Result {
    this.#inside = true;
    try {
      return action();
    } finally {
      this.#inside = false;
    }
  }

  #keep(entry: CheckpointEntry, startedAt: number): void {
    this.#log.append(entry);
    const { value, ...step } = entry;
    this.#ports.emit({
      type: "checkpoint",
      index: this.#log.length,
      ...step,
      replayed: false,
      ...(value ? { value: value.json } : {}),
      durationMs: Math.max(0, this.#ports.now() - startedAt),
    });
  }
}

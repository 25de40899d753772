import type { RunTotals } from "../recording/run-recorder.ts";
import { ByteRing } from "./byte-ring.ts";

/** Why the supervisor wants the worker to end. */
export type StopReason = "cancelled" | "time";

/** The buffers that the supervisor hands to the worker; both build a `SharedMemory` over them. */
export interface SharedBuffers {
  readonly control: SharedArrayBuffer;
  readonly frames: SharedArrayBuffer;
}

const slots = { stop: 0, answers: 1, ringWritten: 2, ringRead: 3, doorbell: 4 } as const;
const slotCount = 8;
const totalsCount = 5;
const stoodCount = 2;
const stopReasons: readonly (StopReason | undefined)[] = [undefined, "cancelled", "time"];
const frameBytes = 1024 * 1024;

/**
 * What supervisor and worker share besides messages: a flag that stops, a counter of answers to wait on, the totals of
 * the run, and the ring of frames that leave. Being memory, it survives the worker: what was written before a kill is
 * still delivered.
 */
export class SharedMemory {
  readonly buffers: SharedBuffers;
  readonly frames: ByteRing;
  readonly #control: Int32Array;
  readonly #totals: Float64Array;
  /** Milliseconds that the run stood in a debugger, and since when it does (0: it does not). */
  readonly #stood: Float64Array;

  constructor(buffers: SharedBuffers = allocate()) {
    this.buffers = buffers;
    this.#control = new Int32Array(buffers.control, 0, slotCount);
    const floats = slotCount * Int32Array.BYTES_PER_ELEMENT;
    this.#totals = new Float64Array(buffers.control, floats, totalsCount);
    this.#stood = new Float64Array(buffers.control, floats + totalsCount * Float64Array.BYTES_PER_ELEMENT);
    this.frames = new ByteRing({
      bytes: new Uint8Array(buffers.frames),
      positions: this.#control,
      written: slots.ringWritten,
      read: slots.ringRead,
    });
  }

  get stopReason(): StopReason | undefined {
    return stopReasons[Atomics.load(this.#control, slots.stop)];
  }

  /** Asks the worker to end and wakes it when it waits for an answer. The first reason stays. */
  stop(reason: StopReason): void {
    Atomics.compareExchange(this.#control, slots.stop, 0, stopReasons.indexOf(reason));
    this.announceAnswer();
  }

  /** Tells a waiting worker to look at its port. */
  announceAnswer(): void {
    Atomics.add(this.#control, slots.answers, 1);
    Atomics.notify(this.#control, slots.answers);
  }

  /** Number to pass to `waitForAnswer`; taken before looking at the port, so that nothing is missed in between. */
  answerCount(): number {
    return Atomics.load(this.#control, slots.answers);
  }

  /** Blocks until another answer (or a stop) is announced, or the time is over. */
  waitForAnswer(seenCount: number, milliseconds: number = Number.POSITIVE_INFINITY): void {
    Atomics.wait(this.#control, slots.answers, seenCount, milliseconds);
  }

  /** The supervisor sleeps from now on and wants to be told of the next frame. */
  armDoorbell(): void {
    Atomics.store(this.#control, slots.doorbell, 1);
  }

  /** True when the supervisor must be told; at most once per arming. */
  takeDoorbell(): boolean {
    return Atomics.exchange(this.#control, slots.doorbell, 0) === 1;
  }

  /** The worker stands in a debugger from now on, or goes on. */
  stand(standing: boolean): void {
    const stood = this.stoodMilliseconds;
    this.#stood.set([stood, standing ? Date.now() : 0]);
  }

  /** How long it has stood, all in all. */
  get stoodMilliseconds(): number {
    const [before = 0, since = 0] = this.#stood;
    return before + (since > 0 ? Date.now() - since : 0);
  }

  /** Totals of the run so far; the worker stores, the supervisor reads them for a run that it had to kill. */
  get totals(): RunTotals {
    const [inputTokens = 0, outputTokens = 0, totalTokens = 0, cost = 0, priced = 0] = this.#totals;
    return { usage: { inputTokens, outputTokens, totalTokens }, ...(priced === 1 ? { cost } : {}) };
  }

  set totals({ usage, cost }: RunTotals) {
    this.#totals.set([
      usage.inputTokens,
      usage.outputTokens,
      usage.totalTokens,
      cost ?? 0,
      cost === undefined ? 0 : 1,
    ]);
  }
}

function allocate(): SharedBuffers {
  const floats = (totalsCount + stoodCount) * Float64Array.BYTES_PER_ELEMENT;
  return {
    control: new SharedArrayBuffer(slotCount * Int32Array.BYTES_PER_ELEMENT + floats),
    frames: new SharedArrayBuffer(frameBytes),
  };
}

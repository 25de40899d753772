import type { EngineOptions, LuaEngine } from "#lua/engine.ts";
import type { RunFailure } from "#protocol/events/events.ts";
import type { FinishedMessage, StartMessage } from "#protocol/wire/messages.ts";
import type { RecordedStart } from "#protocol/wire/recorded.ts";
import { CheckpointRecorder } from "../checkpoints/checkpoint-recorder.ts";
import { RecordedPorts } from "../checkpoints/recorded-ports.ts";
import type { ProgramObserver } from "../debugging/program-observer.ts";
import type { RunContext } from "../declarations/run-context.ts";
import type { Interruption, RunPorts } from "../ports.ts";
import { RunRecorder, type RunTotals } from "../recording/run-recorder.ts";
import { Program } from "./program.ts";
import { noSources, runFailure } from "./run-failure.ts";

export interface ProgramOptions {
  readonly start: StartMessage;
  readonly ports: RunPorts;
  readonly createEngine: (options: EngineOptions) => LuaEngine;
  readonly onTotals?: (totals: RunTotals) => void;
  /** Whoever debugs the run; made when the run is about to begin. */
  readonly debug?: (ports: RunPorts) => ProgramObserver;
}

/** Runs a file from its text to its end. It never throws: what goes wrong is in the message. */
export function runProgram(options: ProgramOptions): FinishedMessage {
  const ports = new RecordedPorts(options.ports, options.start);
  const recorder = new RunRecorder(ports, options.onTotals);
  const observer = options.debug?.(ports);
  if (observer) {
    recorder.observeBy(observer);
    ports.observer = observer;
  }
  const outcome = new WholeRun({ ...options, ports, observer }, recorder).run();
  return { kind: "finished", ...outcome, ...recorder.totals };
}

/** State that the person edited behind a checkpoint. Throws when it is not what the procedure declares for it. */
function applyEdits(
  edits: RecordedStart["edits"],
  checkpoint: number,
  { state, vm }: Pick<RunContext, "state" | "vm">,
): void {
  for (const edit of edits ?? []) {
    if (edit.checkpoint !== checkpoint) continue;
    for (const [key, value] of Object.entries(edit.state)) state.set(key, vm.decode(value));
  }
}

type Outcome = Pick<FinishedMessage, "status" | "result" | "error" | "waiting">;

interface WholeRunOptions extends ProgramOptions {
  readonly ports: RecordedPorts;
  readonly observer: ProgramObserver | undefined;
}

/** One run from its declarations to its result, and what each way to end means. */
class WholeRun {
  readonly #options: WholeRunOptions;
  readonly #recorder: RunRecorder;

  constructor(options: WholeRunOptions, recorder: RunRecorder) {
    this.#options = options;
    this.#recorder = recorder;
  }

  run(): Outcome {
    const { ports, start } = this.#options;
    let program: Program | undefined;
    try {
      const checkpoints = new CheckpointRecorder(ports);
      checkpoints.observer = this.#options.observer;
      program = new Program({ ...this.#options, recorder: this.#recorder, checkpoints });
      const { context } = program;
      checkpoints.onKept = (index) => applyEdits(start.recorded?.edits, index, context);
      program.declare();
      const result = program.run(start);
      ports.assertComplete();
      return ports.interruption
        ? this.#interrupted(ports.interruption, undefined)
        : { status: "completed", result };
    } catch (thrown) {
      const failure = program?.failure(thrown) ?? runFailure(thrown, noSources);
      return ports.interruption ? this.#interrupted(ports.interruption, failure) : this.#failed(failure);
    }
  }

  #failed(failure: RunFailure): Outcome {
    const { limits } = this.#options.start;
    const { ports } = this.#options;
    if (failure.code === "limit-memory") {
      ports.emit({ type: "limit.hit", limit: "memory", value: limits.luaMemoryBytes });
    }
    if (failure.code === "limit-instructions") {
      ports.emit({ type: "limit.hit", limit: "instructions", value: limits.instructions });
    }
    return { status: "failed", error: failure };
  }

  /** The end that was asked for from outside; `failure` tells where the code was. */
  #interrupted(interruption: Interruption, failure: RunFailure | undefined): Outcome {
    const { ports } = this.#options;
    const { limits } = this.#options.start;
    switch (interruption) {
      case "cancelled":
      case "replayed":
        return { status: "cancelled" };
      case "waiting":
        return { status: "waiting", ...(ports.waiting && { waiting: ports.waiting }) };
      case "departed":
        return { status: "failed", ...(ports.departed && { error: { ...failure, ...ports.departed } }) };
      case "time":
        return {
          status: "timed_out",
          error: {
            ...failure,
            code: "limit-time",
            message: `The run took longer than its limit of ${limits.timeSeconds} s and was ended.`,
          },
        };
      case "output":
        return {
          status: "failed",
          error: {
            ...failure,
            code: "limit-output",
            message: `The run produced more than its limit of ${limits.outputBytes} bytes of output and was ended.`,
          },
        };
    }
  }
}

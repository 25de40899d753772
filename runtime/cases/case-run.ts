import type { Json, JsonObject } from "#common/json.ts";
import type { RunFailure } from "#protocol/events/events.ts";
import type { StartMessage } from "#protocol/wire/messages.ts";
import { passingJournal } from "../checkpoints/checkpoint-journal.ts";
import { CheckpointRecorder } from "../checkpoints/checkpoint-recorder.ts";
import { Program } from "../program/program.ts";
import type { ProgramParts } from "../program/program-parts.ts";
import type { RunRecorder } from "../recording/run-recorder.ts";
import type { CasePorts } from "./case-ports.ts";
import type { Trace } from "./trace.ts";

/** How the procedure under test ended. */
export type CaseOutcome =
  | { readonly ok: true; readonly output: Json }
  | { readonly ok: false; readonly failure: RunFailure };

export interface CaseRunParts extends Pick<ProgramParts, "createEngine"> {
  readonly start: StartMessage;
  readonly ports: CasePorts;
  /** One for all cases of a file, so that numbers of turns and calls are not given twice. */
  readonly recorder: RunRecorder;
}

/** A file in a fresh VM for one case: declared, given inputs, run at most once, then looked at. */
export class CaseRun {
  readonly program: Program;
  readonly ports: CasePorts;
  readonly inputs: Record<string, Json>;
  readonly #start: StartMessage;
  #outcome: CaseOutcome | undefined;

  constructor({ start, ports, createEngine, recorder }: CaseRunParts) {
    recorder.toolCalls.reset();
    this.ports = ports;
    this.#start = start;
    this.inputs = { ...start.input };
    const checkpoints = new CheckpointRecorder(passingJournal(ports));
    this.program = new Program({ start, ports, createEngine, recorder, checkpoints });
  }

  get trace(): Trace {
    return this.ports.trace;
  }

  /** Models answer by mocks. */
  get isMocked(): boolean {
    return this.#start.mock;
  }

  /** Undefined until the procedure has run. */
  get outcome(): CaseOutcome | undefined {
    return this.#outcome;
  }

  /** Runs the procedure, once. */
  run(): CaseOutcome {
    this.#outcome ??= this.#execute();
    return this.#outcome;
  }

  /** The state at the moment. */
  state(): JsonObject {
    return this.program.context.state.snapshot();
  }

  /** What something of the program threw, for people; a stop of this case names its limit. */
  failure(thrown: unknown): RunFailure {
    const failure = this.program.failure(thrown);
    return this.ports.isOverdue ? { ...failure, ...overdue(this.#start) } : failure;
  }

  close(): void {
    this.program.context.vm.engine.close();
  }

  #execute(): CaseOutcome {
    try {
      const output = this.program.run({ input: this.inputs, textInput: {} });
      return { ok: true, output };
    } catch (thrown) {
      return { ok: false, failure: this.failure(thrown) };
    }
  }
}

function overdue({ work }: StartMessage): { readonly code: string; readonly message: string } {
  return {
    code: "limit-time",
    message: `It took longer than its limit of ${work?.seconds ?? 0} s and was ended.`,
  };
}

import type { RunFailure } from "#protocol/events/events.ts";
import type { RunContext } from "../declarations/run-context.ts";
import { type ChildCall, childFailure, type ProgramSource } from "../procedures/child-programs.ts";
import { ProcedureFailure } from "../vm/procedure-failure.ts";
import type { EncodedJson } from "../vm/vm.ts";
import type { ProgramInput, ProgramParts } from "./program-parts.ts";

/** A program as its parent uses it. */
interface RunnableProgram {
  readonly context: RunContext;
  declare(): void;
  runEncoded(given: ProgramInput): EncodedJson;
  failure(thrown: unknown): RunFailure;
}

/** Runs files for one program: with its ports, in its checkpoints, out of what it has of memory and instructions. */
export class ChildRunner {
  readonly #parent: RunnableProgram;
  readonly #parts: ProgramParts;
  readonly #create: (parts: ProgramParts) => RunnableProgram;
  #usedInstructions = 0;

  constructor(
    parent: RunnableProgram,
    parts: ProgramParts,
    create: (parts: ProgramParts) => RunnableProgram,
  ) {
    this.#parent = parent;
    this.#parts = parts;
    this.#create = create;
  }

  /** Runs a file in a Lua state of its own to its end. Throws ProcedureFailure. */
  run(source: ProgramSource, call: ChildCall): EncodedJson {
    const { ports, recorder, surroundings } = this.#parts;
    const seconds = call.timeoutSeconds;
    const end = seconds === undefined ? Number.POSITIVE_INFINITY : ports.now() + seconds * 1000;
    const child = this.#create({
      ...this.#parts,
      start: this.#start(source, call),
      recorder: recorder.forChild(),
      surroundings: {
        depth: (surroundings?.depth ?? 0) + 1,
        interrupt: () => surroundings?.interrupt() ?? (ports.now() > end ? "time" : undefined),
      },
    });
    const { engine } = child.context.vm;
    try {
      child.declare();
      return child.runEncoded({ input: call.input, textInput: {} });
    } catch (thrown) {
      throw this.#failure(child, call, { thrown, timedOut: ports.now() > end });
    } finally {
      recorder.observer?.programClosed();
      this.#usedInstructions += engine.usage().instructions;
      engine.close();
    }
  }

  #start({ file, source, modules }: ProgramSource, { input }: ChildCall): ProgramParts["start"] {
    const { procedure: _entry, ...start } = this.#parts.start;
    const used = this.#parent.context.vm.engine.usage();
    const limits = {
      ...start.limits,
      luaMemoryBytes: Math.max(1, start.limits.luaMemoryBytes - used.memoryBytes),
      instructions: Math.max(1, start.limits.instructions - used.instructions - this.#usedInstructions),
    };
    return { ...start, file, source, modules, limits, input, textInput: {} };
  }

  #failure(
    child: RunnableProgram,
    { name, timeoutSeconds }: ChildCall,
    { thrown, timedOut }: { readonly thrown: unknown; readonly timedOut: boolean },
  ): ProcedureFailure {
    if (this.#parts.ports.interruption) return new ProcedureFailure("cancelled", "The run is being stopped.");
    if (!timedOut) return childFailure(name, child.failure(thrown));
    return new ProcedureFailure("procedure-failed", `Procedure ${name} timed out after ${timeoutSeconds}s`);
  }
}

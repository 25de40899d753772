import type { Json, JsonObject } from "#common/json.ts";
import type { EngineOptions, LuaEngine, LuaValue } from "#lua/engine.ts";
import type { RunFailure } from "#protocol/events/events.ts";
import type { FinishedMessage, StartMessage } from "#protocol/wire/messages.ts";
import type { RunContext } from "../declarations/run-context.ts";
import type { Interruption, RunPorts } from "../ports.ts";
import { settingDeclarations } from "../primitives/declared-texts.ts";
import type { ProcedureDefinition } from "../procedures/procedure-definition.ts";
import { mainName, plainProcedure } from "../procedures/procedure-registry.ts";
import { checkedInput, coercedInput } from "../procedures/procedure-values.ts";
import { RunRecorder, type RunTotals } from "../recording/run-recorder.ts";
import { isFunction } from "../vm/arguments.ts";
import { ProcedureFailure } from "../vm/procedure-failure.ts";
import { createContext } from "./create-context.ts";
import { GlobalNames } from "./global-names.ts";
import { installDeclarations, installWorkflow } from "./globals.ts";
import { ModuleLoader } from "./module-loader.ts";
import { type KnownSources, runFailure } from "./run-failure.ts";
import { wrapScript } from "./script-mode.ts";
import { standardLibrary } from "./standard-library.ts";

export interface ProgramOptions {
  readonly start: StartMessage;
  readonly ports: RunPorts;
  readonly createEngine: (options: EngineOptions) => LuaEngine;
  readonly onTotals?: (totals: RunTotals) => void;
}

/** Runs a file from its text to its end. It never throws: what goes wrong is in the message. */
export function runProgram(options: ProgramOptions): FinishedMessage {
  const recorder = new RunRecorder(options.ports, options.onTotals);
  const program = new Program(options, recorder);
  const outcome = program.run();
  return { kind: "finished", ...outcome, ...recorder.totals };
}

type Outcome = Pick<FinishedMessage, "status" | "result" | "error">;

/** One run: declaration phase, then workflow phase. */
class Program {
  readonly #options: ProgramOptions;
  readonly #recorder: RunRecorder;
  #input: JsonObject = {};
  #sources: KnownSources = { chunks: [], raised: undefined };

  constructor(options: ProgramOptions, recorder: RunRecorder) {
    this.#options = options;
    this.#recorder = recorder;
  }

  run(): Outcome {
    try {
      const result = this.#execute();
      const { interruption } = this.#options.ports;
      return interruption ? this.#interrupted(interruption, undefined) : { status: "completed", result };
    } catch (thrown) {
      const failure = { file: this.#options.start.file, ...runFailure(thrown, this.#sources) };
      const { interruption } = this.#options.ports;
      return interruption ? this.#interrupted(interruption, failure) : this.#failed(failure);
    }
  }

  #execute(): Json {
    const { start, ports } = this.#options;
    const engine = this.#options.createEngine(this.#engineOptions());
    const context = createContext({
      start,
      engine,
      ports,
      recorder: this.#recorder,
      runInput: () => this.#input,
    });
    const { values, isScript } = this.#declare(context);
    if (start.procedure !== undefined) {
      return this.#runProcedure(context, namedProcedure(context, start.procedure), isScript);
    }
    const main = mainProcedure(context);
    if (!main && values[0] !== undefined) {
      return context.caller.encodeResult(values, "The result of the file").json;
    }
    return this.#runProcedure(context, main ?? onlyProcedure(context), isScript);
  }

  #declare(context: RunContext): { values: readonly LuaValue[]; isScript: boolean } {
    const { start, ports } = this.#options;
    const loader = new ModuleLoader(context.vm, {
      known: start.modules,
      ports,
      library: standardLibrary(context),
    });
    loader.chunks.push(start.file);
    this.#sources = { chunks: loader.chunks, raised: context.vm.raised };
    installDeclarations(context, loader.primitive());
    const names = new GlobalNames(context, settingDeclarations(context));
    names.install();
    const { source, isScript } = wrapScript(start.source);
    const values = context.vm.engine.load(source, start.file).call();
    names.nameRest();
    context.procedures.nameRest();
    context.agents.setUp();
    return { values, isScript };
  }

  #runProcedure(context: RunContext, declared: ProcedureDefinition, isScript: boolean): Json {
    const { declarations, caller } = context;
    const procedure = withTopLevelSchemas(declared, context);
    const owner = { name: procedure.name(), undeclared: isScript ? "keep" : "drop" } as const;
    return placedAt(procedure, () => {
      this.#input = this.#checkedInput(procedure);
      installWorkflow(context, this.#input);
      declarations.workflowStarted = true;
      return caller.run(procedure, context.vm.decode(this.#input), owner).encoded.json;
    });
  }

  #checkedInput(procedure: ProcedureDefinition): JsonObject {
    const { input, textInput } = this.#options.start;
    const name = procedure.name();
    const given = { ...input, ...coercedInput(procedure.input, textInput, name) };
    for (const key of Object.keys(given)) {
      if (Object.hasOwn(procedure.input, key)) continue;
      const message = `Input '${key}' is not declared by procedure '${name}' and was left out.`;
      this.#options.ports.emit({ type: "log", level: "warn", message });
    }
    return checkedInput(procedure.input, given, { name, undeclared: "drop" });
  }

  #engineOptions(): EngineOptions {
    const { start, ports } = this.#options;
    const startedAt = ports.now();
    return {
      memoryBytes: start.limits.luaMemoryBytes,
      instructions: start.limits.instructions,
      interrupt: () => ports.interruption,
      seed: start.seed,
      now: () => start.startTime + (ports.now() - startedAt),
      print: (text) => ports.emit({ type: "output", stream: "stdout", text }),
    };
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
    const { limits } = this.#options.start;
    switch (interruption) {
      case "cancelled":
        return { status: "cancelled" };
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

/** The procedure that the caller asked for. Throws ProcedureFailure that lists those there are. */
function namedProcedure(context: RunContext, name: string): ProcedureDefinition {
  const found = name === mainName ? mainProcedure(context) : context.procedures.find(name);
  if (found) return found;
  const names = context.procedures.names();
  throw new ProcedureFailure(
    "procedure-missing",
    `The file declares no procedure '${name}'. ${names.length === 0 ? "It declares none." : `There are: ${names.join(", ")}.`}`,
  );
}

/** The procedure named `main`, or a plain Lua function of that name. */
function mainProcedure({ procedures, vm }: RunContext): ProcedureDefinition | undefined {
  const plain = vm.engine.globals.get(mainName);
  return procedures.find(mainName) ?? (isFunction(plain) ? plainProcedure(mainName, plain) : undefined);
}

/** The one procedure of a file that names none `main`. Throws ProcedureFailure that says what is missing. */
function onlyProcedure({ declarations, procedures }: RunContext): ProcedureDefinition {
  if (declarations.tasks.length > 0) {
    throw new ProcedureFailure(
      "declaration-invalid",
      `This file declares tasks (${declarations.tasks.join(", ")}); tasks can't be run in this version yet.`,
    );
  }
  const only = procedures.only();
  if (only) return only;
  const names = procedures.names();
  throw new ProcedureFailure(
    "procedure-missing",
    names.length === 0
      ? "There is nothing to run: the file declares no procedure. Add Procedure { function(input) … end }."
      : `The file declares several procedures (${names.join(", ")}) and none is named 'main'; name the one to run 'main'.`,
  );
}

/** What is wrong with a procedure's input or result is shown where its function begins. */
function placedAt<Result>(procedure: ProcedureDefinition, work: () => Result): Result {
  try {
    return work();
  } catch (thrown) {
    const defined = procedure.body.definition();
    if (!(thrown instanceof ProcedureFailure) || thrown.at || !defined) throw thrown;
    throw new ProcedureFailure(thrown.code, thrown.message, { file: defined.chunk, line: defined.line });
  }
}

/** `input {…}` and `output {…}` at the top level count where the procedure declares none. */
function withTopLevelSchemas(
  procedure: ProcedureDefinition,
  { declarations }: RunContext,
): ProcedureDefinition {
  const declaresInput = Object.keys(procedure.input).length > 0;
  return {
    ...procedure,
    input: declaresInput ? procedure.input : (declarations.input ?? {}),
    output: procedure.output ?? declarations.output,
  };
}

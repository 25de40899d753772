import type { Json, JsonObject } from "#common/json.ts";
import type { EngineOptions, LuaValue } from "#lua/engine.ts";
import type { RunFailure } from "#protocol/events/events.ts";
import type { RunContext } from "../declarations/run-context.ts";
import { libraryModule, libraryNames } from "../library/standard-library.ts";
import { settingDeclarations } from "../primitives/declared-texts.ts";
import { ChildPrograms } from "../procedures/child-programs.ts";
import type { ProcedureDefinition } from "../procedures/procedure-definition.ts";
import { checkedInput, coercedInput } from "../procedures/procedure-values.ts";
import type { EncodedJson } from "../vm/vm.ts";
import { ChildRunner } from "./child-program.ts";
import { createContext } from "./create-context.ts";
import { entryPoint, placedAt, withTopLevelSchemas } from "./entry-point.ts";
import { GlobalNames } from "./global-names.ts";
import { installDeclarations, installWorkflow } from "./globals.ts";
import { ModuleLoader } from "./module-loader.ts";
import type { ProgramInput, ProgramParts } from "./program-parts.ts";
import { noSources, runFailure } from "./run-failure.ts";
import { wrapScript } from "./script-mode.ts";

/** A file in a fresh VM. Two phases: `declare` executes it once, `run` calls its entry point. */
export class Program {
  readonly context: RunContext;
  readonly #parts: ProgramParts;
  #input: JsonObject = {};
  #sources = noSources;
  #values: readonly LuaValue[] = [];
  #isScript = false;
  /** What is added to the clock of the run. */
  #clockShift = 0;

  constructor(parts: ProgramParts) {
    this.#parts = parts;
    const { start, ports, surroundings } = parts;
    const engine = parts.createEngine(this.#engineOptions());
    const children = new ChildRunner(this, parts, (childParts) => new Program(childParts));
    const programs = new ChildPrograms({
      known: start.programs,
      from: start.file,
      depth: surroundings?.depth ?? 0,
      ports,
      maximumDepth: () => this.context.settings.maximumDepth,
      execute: (source, call) => children.run(source, call),
    });
    const runInput = () => this.#input;
    this.context = createContext({ ...parts, engine, programs, runInput });
    parts.observer?.programOpened({ context: this.context, input: runInput });
  }

  /** Executes the file, which registers what it declares. Throws what ends a run. */
  declare(): void {
    const { context } = this;
    const { start, ports, surroundings } = this.#parts;
    const loader = new ModuleLoader(context.vm, {
      known: start.modules,
      from: surroundings && start.file,
      ports,
      library: (name) => libraryModule(context, name),
      libraryNames,
      loaded: (file, chunk) => context.recorder.observer?.fileLoaded(file, chunk),
      whileExecuting: (file, execute) => context.tools.whileExecuting(file, execute),
    });
    loader.chunks.push(start.file);
    this.#sources = { chunks: loader.chunks, raised: context.vm.raised };
    installDeclarations(context, loader.primitive());
    const names = new GlobalNames(context, settingDeclarations(context));
    names.install();
    context.declarations.nameAssigned = () => names.nameRest();
    context.declarations.loaded = (file) => loader.chunks.push(file);
    const { source, isScript } = wrapScript(start.source);
    this.#isScript = isScript;
    const chunk = context.vm.engine.load(source, start.file);
    context.recorder.observer?.fileLoaded(start.file, chunk);
    this.#values = chunk.call();
    names.nameRest();
    context.procedures.nameRest();
    context.tasks.check();
    context.contexts.check();
    context.agents.setUp();
    context.models.setUp();
  }

  /** Puts the primitives of the workflow in the place of the declarations. */
  enterWorkflow(input: JsonObject): void {
    this.#input = input;
    installWorkflow(this.context, input);
    this.context.declarations.workflowStarted = true;
  }

  /** Calls the entry point, or gives what a file without one returned. Throws what ends a run. */
  run(given: ProgramInput): Json {
    return this.runEncoded(given).json;
  }

  /** As `run`; the text keeps what numbers were. */
  runEncoded(given: ProgramInput): EncodedJson {
    const entry = this.#entry();
    if (entry) return this.#runProcedure(entry, given);
    return this.context.caller.encodeResult(this.#values, "The result of the file");
  }

  /** The inputs that the entry point would get, with its defaults. Throws when there is none. */
  inputsFor(given: JsonObject): JsonObject {
    const entry = this.#entry();
    const fields = entry ? withTopLevelSchemas(entry, this.context).input : {};
    const defaults = Object.entries(fields).flatMap(([name, field]) =>
      field.default === undefined ? [] : [[name, field.default] as const],
    );
    return { ...Object.fromEntries(defaults), ...given };
  }

  /** Sets the clock that the procedure sees; it goes on from there. */
  setTime(milliseconds: number): void {
    this.#clockShift = milliseconds - this.#parts.ports.now();
  }

  /** What `declare` or `run` threw, as the end of a run tells it. */
  failure(thrown: unknown): RunFailure {
    return { file: this.#parts.start.file, ...runFailure(thrown, this.#sources) };
  }

  #entry(): ProcedureDefinition | undefined {
    const asked = this.#parts.start.procedure;
    return entryPoint(this.context, { asked, hasResult: this.#values[0] !== undefined });
  }

  #runProcedure(declared: ProcedureDefinition, given: ProgramInput): EncodedJson {
    const { caller, spawned, vm } = this.context;
    const procedure = withTopLevelSchemas(declared, this.context);
    const owner = { name: procedure.name(), undeclared: this.#isScript ? "keep" : "drop" } as const;
    return placedAt(procedure, () => {
      this.enterWorkflow(this.#checkedInput(procedure, given));
      const { encoded } = caller.run(procedure, vm.decode(this.#input), owner);
      spawned.settleRest();
      return encoded;
    });
  }

  #checkedInput(procedure: ProcedureDefinition, { input, textInput }: ProgramInput): JsonObject {
    const name = procedure.name();
    const given = { ...input, ...coercedInput(procedure.input, textInput, name) };
    for (const key of Object.keys(given)) {
      if (Object.hasOwn(procedure.input, key)) continue;
      const message = `Input '${key}' is not declared by procedure '${name}' and was left out.`;
      this.#parts.ports.emit({ type: "log", level: "warn", message });
    }
    return checkedInput(procedure.input, given, { name, undeclared: "drop" });
  }

  #engineOptions(): EngineOptions {
    const { start, ports, surroundings } = this.#parts;
    return {
      memoryBytes: start.limits.luaMemoryBytes,
      instructions: start.limits.instructions,
      interrupt: () => ports.interruption ?? surroundings?.interrupt(),
      seed: start.seed,
      now: () => ports.now() + this.#clockShift,
      print: (text) => ports.emit({ type: "output", stream: "stdout", text }),
    };
  }
}

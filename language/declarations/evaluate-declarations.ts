import {
  type EvaluatedDeclarations,
  type EvaluationProblem,
  type EvaluationRequest,
  unevaluated,
} from "#language/declarations/evaluated-declarations.ts";
import { EvaluatedModules } from "#language/declarations/evaluated-modules.ts";
import { type EvaluationStop, evaluationProblem } from "#language/declarations/evaluation-problem.ts";
import { loadableSource } from "#language/declarations/loadable-source.ts";
import { Recorder } from "#language/declarations/recorder.ts";
import { type EngineOptions, type LuaEngine, LuaError } from "#lua/engine.ts";

/** Longer texts, in UTF-16 units, are no sources of people. */
const longestSource = 1 << 20;

/** About a second of the slower engine. */
const instructions = 5_000_000;

export interface EvaluationLimits {
  readonly instructions?: number;
  /** Asked every few thousand instructions. */
  readonly stop?: () => EvaluationStop | undefined;
}

/**
 * Evaluates the top level of a file with every declaration replaced by a recorder: nothing runs but the file's own
 * Lua, without any access. Never throws for what the file does. It ends by its instructions and by what the limits
 * say; a library function that works for long, and memory, are bounded by the worker that it runs in.
 */
export function evaluateDeclarations(
  request: EvaluationRequest,
  createEngine: (options: EngineOptions) => LuaEngine,
  limits: EvaluationLimits = {},
): EvaluatedDeclarations {
  const sources = [request.text, ...Object.values(request.modules ?? {}).map(({ text }) => text)];
  if (sources.some(({ length }) => length > longestSource))
    return unevaluated("size", "The file is too large: only texts up to 1 MiB are evaluated.");
  const source = loadableSource(request.text);
  const evaluation = new Evaluation(new EvaluatedModules(request, source), createEngine, limits);
  return { ...evaluation.run(source.text), isScript: source.isScript };
}

class Evaluation {
  readonly #engine: LuaEngine;
  readonly #modules: EvaluatedModules;
  readonly #recorder: Recorder;
  #stop: EvaluationStop | undefined;

  constructor(
    modules: EvaluatedModules,
    createEngine: (options: EngineOptions) => LuaEngine,
    limits: EvaluationLimits,
  ) {
    this.#modules = modules;
    this.#engine = createEngine({
      memoryBytes: 64 << 20,
      instructions: limits.instructions ?? instructions,
      interrupt: () => this.#shouldStop(limits),
      seed: 0,
      now: () => 0,
      print: () => {},
    });
    this.#recorder = new Recorder(this.#engine, modules);
  }

  run(text: string): Omit<EvaluatedDeclarations, "isScript"> {
    try {
      const problem = this.#evaluate(text);
      return { ...this.#recorder.result(), ...(problem && { problem }) };
    } finally {
      this.#engine.close();
    }
  }

  #evaluate(text: string): EvaluationProblem | undefined {
    this.#recorder.install();
    try {
      this.#engine.load(text, this.#modules.mainChunk).call();
      return undefined;
    } catch (error) {
      if (!(error instanceof LuaError)) throw error;
      return evaluationProblem(error, {
        modules: this.#modules,
        stop: this.#stop,
        isCertain: !this.#recorder.usesStandIns,
      });
    }
  }

  #shouldStop({ stop }: EvaluationLimits): string | undefined {
    this.#stop ??= this.#recorder.isFull
      ? { reason: "size", message: "The file makes too many declarations: the evaluation ended." }
      : stop?.();
    return this.#stop?.message;
  }
}

import type { RunFailure } from "#protocol/events/events.ts";
import type { CaseWork, Evaluator, NextCase } from "#protocol/wire/cases.ts";
import type { FinishedMessage } from "#protocol/wire/messages.ts";
import { runEvaluationCase } from "../evaluations/run-evaluation-case.ts";
import { noSources, runFailure } from "../program/run-failure.ts";
import type { ProgramOptions } from "../program/run-program.ts";
import { RunRecorder } from "../recording/run-recorder.ts";
import { runScenario } from "../specifications/run-scenario.ts";
import type { CaseFindings } from "./case-findings.ts";
import { CasePorts } from "./case-ports.ts";
import { CaseRun } from "./case-run.ts";
import { declaredCases } from "./declared-cases.ts";

/** Takes cases of a file's tests from the host until there is none left. It never throws. */
export function runCases(options: ProgramOptions, work: CaseWork): FinishedMessage {
  return new CaseLoop(options, work).run();
}

/** Each case runs in a VM of its own: the file is executed for it from the start. */
class CaseLoop {
  readonly #options: ProgramOptions;
  readonly #work: CaseWork;
  readonly #ports: CasePorts;
  readonly #recorder: RunRecorder;
  #prepared: CaseRun | undefined;

  constructor(options: ProgramOptions, work: CaseWork) {
    this.#options = options;
    this.#work = work;
    this.#ports = new CasePorts({
      ports: options.ports,
      seconds: work.seconds,
      passesTime: options.start.mock,
    });
    this.#recorder = new RunRecorder(this.#ports, options.onTotals);
  }

  run(): FinishedMessage {
    let failure: RunFailure | undefined;
    try {
      failure = this.#runAll();
    } catch (thrown) {
      failure = runFailure(thrown, noSources);
    }
    const interruption = this.#ports.outerInterruption;
    const { totals } = this.#recorder;
    if (interruption === "cancelled") return { kind: "finished", status: "cancelled", ...totals };
    if (failure) return { kind: "finished", status: "failed", error: failure, ...totals };
    return { kind: "finished", status: "completed", ...totals };
  }

  /** Gives why the file can't be tested at all. */
  #runAll(): RunFailure | undefined {
    this.#ports.begin();
    const first = this.#declared();
    if (!(first instanceof CaseRun)) return first;
    this.#prepared = first;
    const declared = declaredCases(first.program.context, this.#work.kind, this.#ports);
    const { evaluators } = this.#ports.request("cases.declare", declared);
    while (!this.#ports.outerInterruption) {
      const { next } = this.#ports.request("cases.next", {});
      if (!next) break;
      this.#runCase(next, evaluators);
    }
    return undefined;
  }

  #runCase(next: NonNullable<NextCase["next"]>, evaluators: readonly Evaluator[]): void {
    const { case: number, name } = next;
    const ports = this.#ports;
    ports.begin();
    ports.emit({ type: "case.started", case: number, name });
    const startedAt = performance.now();
    const run = this.#prepared ?? this.#declared();
    this.#prepared = undefined;
    const findings =
      run instanceof CaseRun
        ? findingsOf(run, next, evaluators)
        : ({ status: "failed", error: run } as const);
    // A case that was cut off from outside has neither passed nor failed.
    if (ports.outerInterruption) return;
    const { usage, cost } = ports.trace;
    ports.emit({
      type: "case.finished",
      case: number,
      name,
      ...findings,
      durationMs: Math.round((performance.now() - startedAt) * 100) / 100,
      iterations: run instanceof CaseRun ? run.program.context.iterations.current : 0,
      usage,
      ...(cost !== undefined && { cost }),
    });
    if (run instanceof CaseRun) run.close();
  }

  /** The file executed in a fresh VM, or what went wrong in that. */
  #declared(): CaseRun | RunFailure {
    const { start, createEngine } = this.#options;
    const run = new CaseRun({ start, createEngine, ports: this.#ports, recorder: this.#recorder });
    try {
      run.program.declare();
      return run;
    } catch (thrown) {
      const failure = run.failure(thrown);
      run.close();
      return failure;
    }
  }
}

function findingsOf(
  run: CaseRun,
  next: NonNullable<NextCase["next"]>,
  evaluators: readonly Evaluator[],
): CaseFindings {
  return next.kind === "scenario" ? runScenario(run, next) : runEvaluationCase(run, next, evaluators);
}

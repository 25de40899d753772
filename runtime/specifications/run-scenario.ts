import { errorText } from "#common/error-text.ts";
import { LuaError } from "#lua/engine.ts";
import type { CaseStatus, CaseStep, RunFailure } from "#protocol/events/events.ts";
import type { ScenarioCase, ScenarioStep } from "#protocol/wire/cases.ts";
import type { CaseFindings } from "../cases/case-findings.ts";
import type { CaseRun } from "../cases/case-run.ts";
import { codeOf } from "../vm/procedure-failure.ts";
import { CustomSteps } from "./custom-steps.ts";
import { failureText, ScenarioRun } from "./scenario-run.ts";
import { StepArguments } from "./step-arguments.ts";
import { StepFailure } from "./step-failure.ts";
import { stepHandlers } from "./step-handlers.ts";

/** Runs the steps of a scenario up to the first that fails; those behind it are skipped. */
export function runScenario(run: CaseRun, scenario: ScenarioCase): CaseFindings {
  const steps = new ScenarioSteps(run, scenario).run();
  return { status: statusOf(steps), steps };
}

/** A scenario without steps says nothing, so it has not passed. */
function statusOf(steps: readonly CaseStep[]): CaseStatus {
  const worst = (["failed", "undefined"] as const).find((status) =>
    steps.some((step) => step.status === status),
  );
  return worst ?? (steps.length > 0 ? "passed" : "undefined");
}

class ScenarioSteps {
  readonly #scenario: ScenarioCase;
  readonly #state: ScenarioRun;
  readonly #custom: CustomSteps;
  readonly #expectsFailure: boolean;

  constructor(run: CaseRun, scenario: ScenarioCase) {
    this.#scenario = scenario;
    this.#state = new ScenarioRun(run);
    this.#custom = new CustomSteps(this.#state);
    this.#expectsFailure = scenario.steps.some(
      ({ action }) => action.kind === "builtIn" && action.name === "procedure-fails",
    );
  }

  run(): CaseStep[] {
    let isOver = false;
    return this.#scenario.steps.map((step) => {
      const { text, line, action } = step;
      if (action.kind === "undefined") {
        isOver = true;
        return { text, line, status: "undefined", message: undefinedMessage(action.suggestion) };
      }
      if (isOver) return { text, line, status: "skipped" };
      const message = this.#problemOf(step);
      isOver = message !== undefined;
      return message === undefined
        ? { text, line, status: "passed" }
        : { text, line, status: "failed", message };
    });
  }

  /** Does a step; what went wrong, if anything did. */
  #problemOf(step: ScenarioStep): string | undefined {
    try {
      this.#perform(step);
      return undefined;
    } catch (thrown) {
      if (thrown instanceof StepFailure) return thrown.message;
      if (thrown instanceof LuaError || codeOf(thrown) !== undefined) {
        return failureText(this.#state.run.failure(thrown));
      }
      return `internal-error: ${errorText(thrown)}`;
    }
  }

  #perform(step: ScenarioStep): void {
    const { action } = step;
    if (action.kind === "custom") {
      this.#custom.perform(step, action);
      return;
    }
    if (action.kind === "undefined") return;
    const handler = Object.hasOwn(stepHandlers, action.name) ? stepHandlers[action.name] : undefined;
    if (!handler) throw new StepFailure(`The step ${action.name} can't be done here.`);
    handler(this.#state, new StepArguments(action.arguments));
    if (action.name === "procedure-runs") this.#checkRun();
  }

  /** A run that fails is a failed step, unless a later step expects it. */
  #checkRun(): void {
    const failure: RunFailure | undefined = this.#state.failure();
    if (failure && !this.#expectsFailure)
      throw new StepFailure(`The procedure failed: ${failureText(failure)}`);
  }
}

function undefinedMessage(suggestion: string | undefined): string {
  const hint = suggestion === undefined ? "" : ` Did you mean: ${suggestion}`;
  return `No step fits this text, and the file declares none that does.${hint}`;
}

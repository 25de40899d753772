import type { LuaTable, LuaValue } from "#lua/engine.ts";
import type { ScenarioStep, StepAction } from "#protocol/wire/cases.ts";
import type { ScenarioRun } from "./scenario-run.ts";
import { stepContext } from "./step-context.ts";
import { StepFailure } from "./step-failure.ts";

/** The steps that the file declares itself, called with one context for the whole scenario. */
export class CustomSteps {
  readonly #scenario: ScenarioRun;
  #context: LuaTable | undefined;

  constructor(scenario: ScenarioRun) {
    this.#scenario = scenario;
  }

  /** Calls the declared function: context, what the groups took, then the step's table or text. Throws what it raises. */
  perform(step: ScenarioStep, action: Extract<StepAction, { kind: "custom" }>): void {
    const { program } = this.#scenario.run;
    const declared = program.context.declarations.tests.steps[action.step];
    if (!declared)
      throw new StepFailure(
        "The step was declared before, but not this time: its declaration depends on chance.",
      );
    if (!program.context.declarations.workflowStarted) program.enterWorkflow(this.#scenario.run.inputs);
    this.#context ??= stepContext(this.#scenario).retain();
    const captures = action.captures.map((capture): LuaValue => capture ?? undefined);
    declared.body.call(this.#context, ...captures, ...this.#block(step));
  }

  #block({ table, docString }: ScenarioStep): LuaValue[] {
    const { vm } = this.#scenario.run.program.context;
    if (docString !== undefined) return [docString];
    return table === undefined ? [] : [vm.decode(table)];
  }
}

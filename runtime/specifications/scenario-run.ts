import { isJsonObject, type Json, type JsonObject } from "#common/json.ts";
import type { RunFailure } from "#protocol/events/events.ts";
import type { CaseRun } from "../cases/case-run.ts";
import type { Trace } from "../cases/trace.ts";
import { AgentScript } from "./agent-script.ts";
import { shown } from "./expected-value.ts";
import { StepFailure } from "./step-failure.ts";

/** A scenario under way, as its steps see it. */
export class ScenarioRun {
  readonly run: CaseRun;
  /** What steps let agents answer. */
  readonly agents: AgentScript;

  constructor(run: CaseRun) {
    this.run = run;
    this.agents = new AgentScript(run.program.context.mocks);
  }

  get trace(): Trace {
    return this.run.trace;
  }

  setInput(name: string, value: Json): void {
    if (this.run.outcome)
      throw new StepFailure(`The procedure has run already: input '${name}' comes too late.`);
    this.run.inputs[name] = value;
  }

  /** What the procedure returned. Throws StepFailure when it has not run, or failed. */
  output(): Json {
    const { outcome } = this.run;
    if (!outcome) throw notRun();
    if (!outcome.ok) throw new StepFailure(`There is no output: ${failureText(outcome.failure)}`);
    return outcome.output;
  }

  /** A field of the output; undefined when it is not there. */
  outputField(name: string): Json | undefined {
    const output = this.output();
    if (!isJsonObject(output)) {
      throw new StepFailure(
        `Expected an output with the field '${name}', but the output is ${shown(output)}.`,
      );
    }
    return Object.hasOwn(output, name) ? output[name] : undefined;
  }

  /** Why the procedure failed; undefined when it did not. */
  failure(): RunFailure | undefined {
    const { outcome } = this.run;
    if (!outcome) throw notRun();
    return outcome.ok ? undefined : outcome.failure;
  }

  state(): JsonObject {
    return this.run.state();
  }
}

function notRun(): StepFailure {
  return new StepFailure("The procedure has not run: write `When the procedure runs` before this step.");
}

/** A failure of the procedure in a message of a step, with its place. */
export function failureText({ code, message, file, line }: RunFailure): string {
  const place = file !== undefined && line !== undefined ? ` (${file}:${line})` : "";
  return `${code}: ${message}${place}`;
}

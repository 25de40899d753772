import { isJsonObject, type Json } from "#common/json.ts";
import type { LuaTable } from "#lua/engine.ts";
import type { Arguments } from "../vm/arguments.ts";
import { ProcedureFailure } from "../vm/procedure-failure.ts";
import type { Primitive } from "../vm/vm.ts";
import { failureText, type ScenarioRun } from "./scenario-run.ts";

/** What the function of a custom step is given first: a table that it may keep values of its own in. */
export function stepContext(scenario: ScenarioRun): LuaTable {
  const { vm } = scenario.run.program.context;
  return vm.library("ctx", { ...questions(scenario), ...preparations(scenario) });
}

/** What happened in the run. */
function questions(scenario: ScenarioRun): Readonly<Record<string, Primitive>> {
  const { vm, iterations, stop } = scenario.run.program.context;
  const { trace, run } = scenario;
  return {
    tool_called: (args) => trace.calls(args.text(1)).length > 0,
    tool_call_count: (args) => trace.calls(args.text(1)).length,
    tool_calls: (args) => {
      const tool = args.text(1);
      return vm.decode(trace.calls(tool).map((given) => ({ tool, args: given })));
    },
    state_get: (args) => vm.decode(own(scenario.state(), args.text(1))),
    state_exists: (args) => own(scenario.state(), args.text(1)) !== undefined,
    output_get: (args) => vm.decode(outputField(scenario, args.text(1))),
    output_exists: (args) => outputField(scenario, args.text(1)) !== undefined,
    output_value: () => (run.outcome?.ok ? vm.decode(run.outcome.output) : undefined),
    stop_success: () => (run.outcome ? run.outcome.ok && stop.success : false),
    stop_reason: () => stop.reason,
    iterations: () => iterations.current,
    agent_turns: (args) => trace.turns(args.optionalText(1)),
    get_params: () => vm.decode(run.inputs),
  };
}

/** What the run is to find. */
function preparations(scenario: ScenarioRun): Readonly<Record<string, Primitive>> {
  const { vm, mocks } = scenario.run.program.context;
  const json = (args: Arguments, index: number): Json =>
    args.value(index) === undefined
      ? {}
      : vm.encode(args.value(index), `Argument ${index} of the step's call`).json;
  const table = (args: Arguments, index: number) => {
    const value = json(args, index);
    if (isJsonObject(value)) return value;
    throw new ProcedureFailure(
      "lua-error",
      `Argument ${index} of the step's call must be a table with names.`,
    );
  };
  return {
    set_input: (args) => {
      scenario.setInput(args.text(1), json(args, 2));
      return undefined;
    },
    mock_agent_response: (args) => {
      scenario.agents.respond(args.text(1), args.text(2));
      return undefined;
    },
    mock_agent_tool_call: (args) => {
      scenario.agents.callTool(args.text(1), { tool: args.text(2), arguments: table(args, 3) });
      return undefined;
    },
    mock_agent_data: (args) => {
      scenario.agents.returnData(args.text(1), table(args, 2));
      return undefined;
    },
    mock_tool_returns: (args) => {
      mocks.set(args.text(1), { tool: { kind: "returns", value: json(args, 2) } });
      return undefined;
    },
    run_procedure: () => {
      const outcome = scenario.run.run();
      if (outcome.ok) return vm.decode(outcome.output);
      throw new ProcedureFailure("lua-error", `The procedure failed: ${failureText(outcome.failure)}`);
    },
  };
}

function outputField({ run }: ScenarioRun, name: string): Json | undefined {
  const output = run.outcome?.ok ? run.outcome.output : undefined;
  return isJsonObject(output) ? own(output, name) : undefined;
}

function own(values: { readonly [key: string]: Json }, key: string): Json | undefined {
  return Object.hasOwn(values, key) ? values[key] : undefined;
}

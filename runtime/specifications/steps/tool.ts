import { isJsonObject, type Json } from "#common/json.ts";
import { plainText } from "../../schema/plain-text.ts";
import { readsAs, shown } from "../expected-value.ts";
import { searches } from "../pattern.ts";
import type { ScenarioRun } from "../scenario-run.ts";
import type { StepArguments } from "../step-arguments.ts";
import { StepFailure } from "../step-failure.ts";
import type { StepHandlers } from "./step-handler.ts";

/** Steps about the calls of tools. */
export const toolSteps: StepHandlers = {
  "tool-called": (scenario, args) => expectCalls(scenario, args, "at least once", (count) => count > 0),
  "tool-not-called": (scenario, args) => expectCalls(scenario, args, "never", (count) => count === 0),
  "tool-called-at-least": (scenario, args) =>
    expectCalls(
      scenario,
      args,
      `at least ${times(args.number("count"))}`,
      (count) => count >= args.number("count"),
    ),
  "tool-called-exactly": (scenario, args) =>
    expectCalls(
      scenario,
      args,
      `exactly ${times(args.number("count"))}`,
      (count) => count === args.number("count"),
    ),
  "tool-called-with": (scenario, args) => {
    const value = args.text("value");
    expectArgument(scenario, args, `=${value}`, (actual) => readsAs(actual, value));
  },
  "tool-called-with-pattern": (scenario, args) => {
    const regex = args.text("regex");
    expectArgument(scenario, args, ` matching "${regex}"`, (actual) => searches(regex, plainText(actual)));
  },
};

function expectCalls(
  { trace }: ScenarioRun,
  args: StepArguments,
  expected: string,
  holds: (count: number) => boolean,
): void {
  const tool = args.text("tool");
  const count = trace.calls(tool).length;
  if (holds(count)) return;
  throw new StepFailure(
    `Expected the tool '${tool}' to be called ${expected}, but it was called ${times(count)}.${othersCalled(trace.tools, tool)}`,
  );
}

function expectArgument(
  { trace }: ScenarioRun,
  args: StepArguments,
  expected: string,
  holds: (value: Json) => boolean,
): void {
  const [tool, name] = [args.text("tool"), args.text("argument")];
  const calls = trace.calls(tool);
  const fits = (call: Json): boolean => {
    const value = isJsonObject(call) && Object.hasOwn(call, name) ? call[name] : undefined;
    return value !== undefined && holds(value);
  };
  if (calls.some(fits)) return;
  const actual =
    calls.length === 0
      ? `it was not called.${othersCalled(trace.tools, tool)}`
      : `its calls were ${calls.map(shown).join(", ")}.`;
  throw new StepFailure(`Expected a call of the tool '${tool}' with ${name}${expected}, but ${actual}`);
}

function othersCalled(tools: readonly string[], tool: string): string {
  const others = tools.filter((name) => name !== tool);
  return others.length === 0 ? "" : ` Called were: ${others.join(", ")}.`;
}

function times(count: number): string {
  return count === 1 ? "1 time" : `${count} times`;
}

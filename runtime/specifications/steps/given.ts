import { isJsonObject, type JsonObject } from "#common/json.ts";
import { isValue, listOfText, shown, textOf, valueOfText } from "../expected-value.ts";
import { LiteralError, parseLiteral } from "../literal.ts";
import { StepFailure } from "../step-failure.ts";
import type { StepHandlers } from "./step-handler.ts";

/** Steps that prepare a run. */
export const givenSteps: StepHandlers = {
  "parameter-equals": ({ run }, args) => {
    const name = args.text("input");
    const inputs = run.program.inputsFor(run.inputs);
    const actual = Object.hasOwn(inputs, name) ? inputs[name] : undefined;
    if (isValue(actual, args.text("value"))) return;
    throw new StepFailure(
      `Expected the input '${name}' to be ${args.text("value")}, but it is ${shown(actual)}.`,
    );
  },
  "input-text": (scenario, args) => scenario.setInput(args.text("input"), textOf(`"${args.text("text")}"`)),
  "input-list": (scenario, args) => scenario.setInput(args.text("input"), listOfText(args.text("items"))),
  "input-number": (scenario, args) => scenario.setInput(args.text("input"), args.number("number")),
  "agent-responds": ({ agents }, args) => agents.respond(args.text("agent"), textOf(args.text("response"))),
  "agent-calls-tool": ({ agents }, args) =>
    agents.callTool(args.text("agent"), {
      tool: args.text("tool"),
      arguments: tableOf(args.text("arguments")),
    }),
  "agent-returns-data": ({ agents }, args) =>
    agents.returnData(args.text("agent"), tableOf(args.text("data"))),
  "message-is": ({ agents }, args) => {
    agents.message = textOf(args.text("message"));
  },
  "time-is": ({ run }, args) => {
    const time = Date.parse(textOf(args.text("time")));
    if (Number.isNaN(time)) {
      throw new StepFailure(`${args.text("time")} is no time: write it like 2026-01-31T09:00:00Z.`);
    }
    run.program.setTime(time);
  },
  "tool-returns": ({ run }, args) =>
    run.program.context.mocks.set(args.text("tool"), {
      tool: { kind: "returns", value: valueOfText(args.text("value")) },
    }),
};

/** `{"reason": "done"}`. */
function tableOf(text: string): JsonObject {
  try {
    const value = parseLiteral(text);
    if (isJsonObject(value)) return value;
  } catch (thrown) {
    if (!(thrown instanceof LiteralError)) throw thrown;
    throw new StepFailure(`${text} can't be read: ${thrown.message}.`);
  }
  throw new StepFailure(`${text} is no table: write it like {"name": "value"}.`);
}

import type { LuaFunction } from "#lua/engine.ts";
import type { RunContext } from "../declarations/run-context.ts";
import { isFunction, isTable } from "../vm/arguments.ts";
import { ProcedureFailure } from "../vm/procedure-failure.ts";
import type { Primitive } from "../vm/vm.ts";

/** `Specification`, `Step`, `Evaluation` and their older names: kept for `test` and `eval`. */
export function testDeclarations(context: RunContext): Readonly<Record<string, LuaFunction>> {
  const { vm } = context;
  const specification = declareSpecification(context);
  const evaluation = declareEvaluation(context);
  return {
    Specification: vm.function("Specification", specification),
    Specifications: vm.function("Specifications", specification),
    Step: vm.function("Step", declareStep(context)),
    Evaluation: vm.function("Evaluation", evaluation),
    Evaluations: vm.function("Evaluations", evaluation),
  };
}

/** A text, or `{from = "path"}`. The older `("name", {…})` has no scenarios in Gherkin and is only accepted. */
function declareSpecification({ declarations }: RunContext): Primitive {
  const { tests } = declarations;
  return (args) => {
    const first = args.value(1);
    if (isTable(first)) {
      const path = first.get("from");
      if (typeof path !== "string") {
        throw new ProcedureFailure(
          "declaration-invalid",
          'Specification takes scenarios in Gherkin, or {from = "path"}.',
        );
      }
      tests.files.push({ path, at: args.at });
      return undefined;
    }
    const text = args.text(1);
    if (isTable(args.value(2))) return undefined;
    tests.text = { text, at: args.at };
    return undefined;
  };
}

function declareStep({ declarations }: RunContext): Primitive {
  return (args) => {
    const body = args.value(2);
    if (!isFunction(body)) {
      throw new ProcedureFailure("declaration-invalid", `Step "${args.text(1)}" needs a function.`);
    }
    declarations.tests.steps.push({ pattern: args.text(1), body: body.retain(), at: args.at });
    return undefined;
  };
}

function declareEvaluation({ declarations, vm }: RunContext): Primitive {
  return (args) => {
    const { json } = vm.encode(args.table(1), "Evaluation", { unsupported: "omit" });
    declarations.tests.evaluation = { value: json, at: args.at };
    return undefined;
  };
}

import type { RunContext } from "../declarations/run-context.ts";
import type { ProcedureDefinition } from "../procedures/procedure-definition.ts";
import { mainName, plainProcedure } from "../procedures/procedure-registry.ts";
import { isFunction } from "../vm/arguments.ts";
import { ProcedureFailure } from "../vm/procedure-failure.ts";

/** The procedure that the caller asked for. Throws ProcedureFailure that lists those there are. */
export function namedProcedure(context: RunContext, name: string): ProcedureDefinition {
  const found = name === mainName ? mainProcedure(context) : context.procedures.find(name);
  if (found) return found;
  const names = context.procedures.names();
  throw new ProcedureFailure(
    "procedure-missing",
    `The file declares no procedure '${name}'. ${names.length === 0 ? "It declares none." : `There are: ${names.join(", ")}.`}`,
  );
}

/** The procedure named `main`, or a plain Lua function of that name. */
export function mainProcedure({ procedures, vm }: RunContext): ProcedureDefinition | undefined {
  const plain = vm.engine.globals.get(mainName);
  return procedures.find(mainName) ?? (isFunction(plain) ? plainProcedure(mainName, plain) : undefined);
}

/** The one procedure of a file that names none `main`. Throws ProcedureFailure that says what is missing. */
export function onlyProcedure({ declarations, procedures }: RunContext): ProcedureDefinition {
  if (declarations.tasks.length > 0) {
    throw new ProcedureFailure(
      "declaration-invalid",
      `This file declares tasks (${declarations.tasks.join(", ")}); tasks can't be run in this version yet.`,
    );
  }
  const only = procedures.only();
  if (only) return only;
  const names = procedures.names();
  throw new ProcedureFailure(
    "procedure-missing",
    names.length === 0
      ? "There is nothing to run: the file declares no procedure. Add Procedure { function(input) … end }."
      : `The file declares several procedures (${names.join(", ")}) and none is named 'main'; name the one to run 'main'.`,
  );
}

/** What is wrong with a procedure's input or result is shown where its function begins. */
export function placedAt<Result>(procedure: ProcedureDefinition, work: () => Result): Result {
  try {
    return work();
  } catch (thrown) {
    const defined = procedure.body.definition();
    if (!(thrown instanceof ProcedureFailure) || thrown.at || !defined) throw thrown;
    throw new ProcedureFailure(thrown.code, thrown.message, { file: defined.chunk, line: defined.line });
  }
}

/** `input {…}` and `output {…}` at the top level count where the procedure declares none. */
export function withTopLevelSchemas(
  procedure: ProcedureDefinition,
  { declarations }: RunContext,
): ProcedureDefinition {
  const declaresInput = Object.keys(procedure.input).length > 0;
  return {
    ...procedure,
    input: declaresInput ? procedure.input : (declarations.input ?? {}),
    output: procedure.output ?? declarations.output,
  };
}

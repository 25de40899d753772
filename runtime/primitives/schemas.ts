import type { LuaFunction } from "#lua/engine.ts";
import type { RunContext } from "../declarations/run-context.ts";
import { readOutput } from "../procedures/procedure-definition.ts";
import { parseFieldSchemas } from "../schema/field-schema.ts";
import { ProcedureFailure } from "../vm/procedure-failure.ts";

/** `input {…}` at the top level of a script. */
export function inputDeclaration({ vm, decoder, declarations }: RunContext): LuaFunction {
  return vm.function("input", (args) => {
    const fields = parseFieldSchemas(decoder.decode(args.value(1), "input"), { what: "input" });
    if (!fields.ok) throw new ProcedureFailure("declaration-invalid", fields.error.join("\n"));
    declarations.input = fields.value;
    return undefined;
  });
}

/** `output {…}` at the top level of a script. */
export function outputDeclaration({ vm, decoder, declarations }: RunContext): LuaFunction {
  return vm.function("output", (args) => {
    declarations.output = readOutput(decoder.decode(args.value(1), "output"), "the script");
    return undefined;
  });
}

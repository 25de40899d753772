import type { LuaFunction, LuaTable } from "#lua/engine.ts";
import type { FieldSchemas } from "../ports.ts";
import { parseFieldSchemas, parseOutputSchema } from "../schema/field-schema.ts";
import type { OutputSchema } from "../schema/output-schema.ts";
import { positionalFunction } from "../tools/read-tool.ts";
import { isFunction } from "../vm/arguments.ts";
import type { Decoder } from "../vm/decode.ts";
import { ProcedureFailure } from "../vm/procedure-failure.ts";

/** The schemas of a procedure. */
export interface ProcedureSchemas {
  readonly input: FieldSchemas;
  readonly output: OutputSchema | undefined;
  readonly state: FieldSchemas;
}

/** A procedure as declared. */
export interface ProcedureDefinition extends ProcedureSchemas {
  /** Read late: assignment to a global gives the name. */
  readonly name: () => string;
  readonly body: LuaFunction;
}

export const noSchemas: ProcedureSchemas = { input: {}, output: undefined, state: {} };

/** Reads the table of `Procedure {…}`; `body` when the function was given beside it. Throws ProcedureFailure. */
export function readProcedure(
  table: LuaTable,
  options: { readonly label: string; readonly decoder: Decoder; readonly body?: LuaFunction | undefined },
): ProcedureSchemas & { readonly body: LuaFunction } {
  const { label, decoder } = options;
  const legacy = table.get("run");
  const body = options.body ?? positionalFunction(table) ?? (isFunction(legacy) ? legacy : undefined);
  if (!body) {
    throw invalid(`${label} requires a function, as in Procedure { function(input) … end }.`);
  }
  return {
    body: body.retain(),
    input: readFields(table, "input", options),
    state: readFields(table, "state", options),
    output: readOutput(decoder.decode(table.get("output"), `output of ${label}`), label),
  };
}

/** Reads a declared output. Throws ProcedureFailure `declaration-invalid`. */
export function readOutput(
  declared: Parameters<typeof parseOutputSchema>[0],
  label: string,
): OutputSchema | undefined {
  const output = parseOutputSchema(declared, { what: `output of ${label}` });
  if (!output.ok) throw invalid(output.error.join("\n"));
  return output.value;
}

function readFields(
  table: LuaTable,
  key: "input" | "state",
  { label, decoder }: { readonly label: string; readonly decoder: Decoder },
): FieldSchemas {
  const what = `${key} of ${label}`;
  const fields = parseFieldSchemas(decoder.decode(table.get(key), what), { what });
  if (!fields.ok) throw invalid(fields.error.join("\n"));
  return fields.value;
}

function invalid(message: string): ProcedureFailure {
  return new ProcedureFailure("declaration-invalid", message);
}

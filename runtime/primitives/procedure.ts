import { isJsonObject } from "#common/json.ts";
import type { LuaFunction, LuaTable, LuaValue } from "#lua/engine.ts";
import type { RunContext } from "../declarations/run-context.ts";
import { readProcedure } from "../procedures/procedure-definition.ts";
import type { DeclaredProcedure } from "../procedures/procedure-registry.ts";
import { checkedInput } from "../procedures/procedure-values.ts";
import { type Arguments, isFunction, isTable } from "../vm/arguments.ts";
import { ProcedureFailure } from "../vm/procedure-failure.ts";
import type { EncodedJson, Vm } from "../vm/vm.ts";
import { durableWaitFunctions } from "./durable-waits.ts";
import { procedureRunFunctions } from "./procedure-runs.ts";

/** `Procedure {…}`, `Procedure "name" {…}`, `Procedure("name", {…}, function)`. */
export function procedureDeclaration(context: RunContext): LuaFunction {
  return context.vm.function("Procedure", (args) => {
    const first = args.value(1);
    if (isTable(first)) return declare(context, first, { args });
    if (typeof first !== "string")
      throw invalid("Procedure requires a configuration table, or a name and one.");
    const config = args.value(2);
    const body = args.value(3);
    if (isTable(config)) {
      return declare(context, config, { args, name: first, body: isFunction(body) ? body : undefined });
    }
    return context.vm.function(`Procedure "${first}"`, (curried) => {
      const table = curried.value(1);
      if (!isTable(table)) throw invalid(`Procedure '${first}' requires a configuration table.`);
      return declare(context, table, { args: curried, name: first });
    });
  });
}

/** `Procedure` in the workflow: `Procedure("name")` gives a declared procedure. */
export function procedureLookup(context: RunContext): LuaTable {
  const { procedures, vm } = context;
  const table = vm.library("Procedure", {
    ...durableWaitFunctions(context),
    ...procedureRunFunctions(context, (name, input) => declaredCall(context, name, input)),
  });
  const lookUp = vm.function(
    "Procedure",
    (args) => {
      const name = args.value(1);
      if (typeof name !== "string") {
        throw invalid("Procedure {…} declares a procedure; declare it at the top of the file.");
      }
      const found = procedures.find(name);
      if (found) return found.handle.table;
      const known = procedures.names().join(", ");
      throw new ProcedureFailure(
        "procedure-missing",
        `Named procedure '${name}' not found. Declared are: ${known}.`,
      );
    },
    table,
  );
  table.setMetatable(vm.table({ __call: lookUp, __metatable: "Procedure" }));
  return table;
}

interface DeclareOptions {
  readonly args: Arguments;
  readonly name?: string;
  readonly body?: LuaFunction | undefined;
}

function declare(context: RunContext, config: LuaTable, { args, name, body }: DeclareOptions): LuaTable {
  const { decoder, handles, procedures } = context;
  const label = name === undefined ? "Procedure" : `Procedure '${name}'`;
  const parts = readProcedure(config, { label, decoder, body });
  const handle = handles.create({
    kind: "procedure",
    name,
    at: args.at,
    call: (callArgs) => call(context, declared, callArgs),
  });
  const declared: DeclaredProcedure = { ...parts, handle, name: () => handle.name };
  procedures.add(declared);
  return handle.table;
}

/** A call from Lua: one checkpoint around checked input, body, and checked output. */
function call(context: RunContext, procedure: DeclaredProcedure, args: Arguments): LuaValue {
  const { caller, checkpoints, declarations, vm } = context;
  const owner = { name: procedure.name(), undeclared: "keep" } as const;
  if (!declarations.workflowStarted) {
    throw new ProcedureFailure(
      "declaration-invalid",
      `Named procedure '${owner.name}' not initialized yet: it can be called inside a procedure only.`,
    );
  }
  const input = inputTable(vm, procedure, args.optionalTable(1) ?? vm.engine.createTable());
  const at = args.at;
  const result = checkpoints.run(
    { kind: "procedure", name: owner.name, ...(at ? { at } : {}) },
    () => caller.run(procedure, input, owner),
    ({ encoded }) => encoded,
  );
  return result.value;
}

/** A procedure of this file, to be run later with the input that was given now. */
function declaredCall(
  context: RunContext,
  name: string,
  given: LuaTable | undefined,
): (() => EncodedJson) | undefined {
  const { caller, procedures, vm } = context;
  const procedure = procedures.find(name);
  if (!procedure) return undefined;
  const input = inputTable(vm, procedure, given ?? vm.engine.createTable()).retain();
  return () => caller.run(procedure, input, { name, undeclared: "keep" }).encoded;
}

/** A copy of the given input with the defaults of the procedure. */
function inputTable(vm: Vm, procedure: DeclaredProcedure, given: LuaTable): LuaTable {
  const name = procedure.name();
  const { json, text } = vm.encode(given, `The input of procedure '${name}'`);
  const checked = checkedInput(procedure.input, json, { name, undeclared: "keep" });
  const copy = vm.copyOf(text);
  for (const [key, value] of Object.entries(checked)) {
    if (!isJsonObject(json) || !Object.hasOwn(json, key)) copy.set(key, vm.decode(value));
  }
  return copy;
}

function invalid(message: string): ProcedureFailure {
  return new ProcedureFailure("declaration-invalid", message);
}

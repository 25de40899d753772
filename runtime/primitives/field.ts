import type { LuaTable } from "#lua/engine.ts";
import { evaluatorBuilders } from "#vocabulary/fields.ts";
import { buildField, fieldTypes } from "../schema/field-schema.ts";
import type { Decoder } from "../vm/decode.ts";
import { ProcedureFailure } from "../vm/procedure-failure.ts";
import type { Vm } from "../vm/vm.ts";

/** `field`: builders of schema fields (`field.string{required = true}`) and of evaluators. */
export function fieldPrimitive(vm: Vm, decoder: Decoder): LuaTable {
  const builders = vm.engine.createTable().retain();
  for (const type of fieldTypes) {
    const build = vm.function(`field.${type}`, (args) => {
      const built = buildField(type, decoder.decode(args.value(1), `field.${type}`));
      if (!built.ok) throw new ProcedureFailure("declaration-invalid", built.error);
      return vm.decode(built.value);
    });
    builders.set(type, build);
  }
  for (const { name: type } of evaluatorBuilders) {
    const build = vm.function(`field.${type}`, (args) => {
      const evaluator = args.optionalTable(1) ?? vm.engine.createTable();
      evaluator.set("type", type);
      return evaluator;
    });
    builders.set(type, build);
  }
  return builders;
}

import type { LuaFunction, LuaTable } from "#lua/engine.ts";
import { ProcedureFailure } from "../vm/procedure-failure.ts";
import type { Vm } from "../vm/vm.ts";

const roles: readonly unknown[] = ["user", "assistant", "system"];

/** `Message {role = …, content = …}`: a checked message; what else is given is its metadata. */
export function messagePrimitive(vm: Vm): LuaFunction {
  return vm.function("Message", (args) => {
    const given = args.table(1);
    const [role, content] = [given.get("role"), given.get("content")];
    if (role === undefined || role === "") throw invalid("Message requires a 'role'.");
    if (content === undefined || content === "") throw invalid("Message requires a 'content'.");
    if (!roles.includes(role)) throw invalid(`Message: the role must be one of ${roles.join(", ")}.`);
    return vm.table({ role, content: given.exact("content"), metadata: metadataOf(vm, given) });
  });
}

function metadataOf(vm: Vm, given: LuaTable): LuaTable {
  const metadata = vm.engine.createTable();
  for (const [key, value] of given.entries()) {
    if (key === "role" || key === "content") continue;
    if (typeof key === "string" || typeof key === "number") metadata.set(key, value);
  }
  return metadata;
}

function invalid(message: string): ProcedureFailure {
  return new ProcedureFailure("input-invalid", message);
}

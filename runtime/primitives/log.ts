import type { LuaTable } from "#lua/engine.ts";
import type { RuntimePorts } from "../ports.ts";
import type { Primitive, Vm } from "../vm/vm.ts";

const levels = { debug: "debug", info: "info", warn: "warn", warning: "warn", error: "error" } as const;

/** `Log.info(message, context?)` and the other levels. */
export function logPrimitive(vm: Vm, ports: Pick<RuntimePorts, "emit">): LuaTable {
  const primitives = Object.entries(levels).map(([name, level]): [string, Primitive] => [
    name,
    (args) => {
      const message = args.text(1);
      const context = args.optionalTable(2);
      const data = context && vm.encode(context, "The context of a log", { unsupported: "omit" }).json;
      const at = args.at;
      ports.emit({
        type: "log",
        level,
        message,
        ...(data === undefined ? {} : { data }),
        ...(at ? { at } : {}),
      });
      return undefined;
    },
  ]);
  return vm.library("Log", Object.fromEntries(primitives));
}

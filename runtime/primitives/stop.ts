import type { LuaTable } from "#lua/engine.ts";
import { luaType } from "../vm/arguments.ts";
import type { Vm } from "../vm/vm.ts";

interface StopRequest {
  readonly reason: string | undefined;
  readonly success: boolean;
}

/** `Stop.*`: a note that the procedure leaves for itself; nothing stops by it. */
export function stopPrimitive(vm: Vm): LuaTable {
  let request: StopRequest | undefined;
  return vm.library("Stop", {
    requested: () => request !== undefined,
    reason: () => request?.reason,
    success: () => request?.success ?? true,
    request: (args) => {
      const success = args.value(2);
      request = {
        reason: args.optionalText(1),
        success: luaType(success) === "boolean" ? success === true : true,
      };
      return undefined;
    },
    reset: () => {
      request = undefined;
      return undefined;
    },
  });
}

/** `Iterations.*`: a counter for loops of the procedure. */
export function iterationsPrimitive(vm: Vm): LuaTable {
  let current = 0;
  return vm.library("Iterations", {
    current: () => current,
    exceeded: (args) => current >= args.number(1),
    increment: () => ++current,
    reset: () => {
      current = 0;
      return current;
    },
  });
}

import type { LuaTable } from "#lua/engine.ts";
import type { IterationCounter, StopNote } from "../state/loop-notes.ts";
import { luaType } from "../vm/arguments.ts";
import type { Vm } from "../vm/vm.ts";

/** `Stop.*`. */
export function stopPrimitive(vm: Vm, note: StopNote): LuaTable {
  return vm.library("Stop", {
    requested: () => note.isRequested,
    reason: () => note.reason,
    success: () => note.success,
    request: (args) => {
      const success = args.value(2);
      note.request(args.optionalText(1), luaType(success) === "boolean" ? success === true : true);
      return undefined;
    },
    reset: () => {
      note.reset();
      return undefined;
    },
  });
}

/** `Iterations.*`. */
export function iterationsPrimitive(vm: Vm, counter: IterationCounter): LuaTable {
  return vm.library("Iterations", {
    current: () => counter.current,
    exceeded: (args) => counter.current >= args.number(1),
    increment: () => {
      counter.current += 1;
      return counter.current;
    },
    reset: () => {
      counter.current = 0;
      return 0;
    },
  });
}

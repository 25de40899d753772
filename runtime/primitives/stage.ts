import { type LuaTable, luaJson } from "#lua/engine.ts";
import type { RuntimePorts } from "../ports.ts";
import type { Vm } from "../vm/vm.ts";

/** `Stage.*`, of older programs: names what the procedure is at, for those who watch the run. */
export function stagePrimitive(vm: Vm, ports: Pick<RuntimePorts, "emit">): LuaTable {
  const stages: string[] = [];
  return vm.library("Stage", {
    set: (args) => {
      const name = args.text(1);
      stages.push(name);
      ports.emit({ type: "stage", name });
      return undefined;
    },
    current: () => stages.at(-1),
    is: (args) => stages.at(-1) === args.text(1),
    history: () => luaJson(JSON.stringify(stages)),
  });
}

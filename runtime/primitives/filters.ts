import type { LuaTable } from "#lua/engine.ts";
import { historyFilters } from "#vocabulary/history-filters.ts";
import type { Vm } from "../vm/vm.ts";

/** `filters.*`: each gives one value, a list of its name and its arguments, for an agent's `message_history`. */
export function filtersPrimitive(vm: Vm): LuaTable {
  const filters = vm.engine.createTable().retain();
  for (const { name } of historyFilters) {
    const build = vm.function(`filters.${name}`, (args) => {
      const filter = vm.engine.createTable();
      filter.set(1, name);
      for (let index = 1; index <= args.count; index++) filter.set(index + 1, args.value(index));
      return filter;
    });
    filters.set(name, build);
  }
  return filters;
}

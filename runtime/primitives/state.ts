import { type LuaTable, type LuaValue, luaJson } from "#lua/engine.ts";
import type { StateStore } from "../state/state-store.ts";
import type { Arguments } from "../vm/arguments.ts";
import { tagKey } from "../vm/handles.ts";
import { ProcedureFailure } from "../vm/procedure-failure.ts";
import type { Vm } from "../vm/vm.ts";

/** `State` (methods; fields read and write the state too) and `state` (fields only). */
export function statePrimitives(vm: Vm, store: StateStore): { State: LuaTable; state: LuaTable } {
  const methods = vm.library("State", {
    get: (args) => store.get(args.text(1)) ?? args.exact(2),
    set: (args) => {
      store.set(args.text(1), args.exact(2));
    },
    increment: (args) => increment(store, args),
    append: (args) => {
      store.append(args.text(1), args.exact(2));
    },
    all: () => copy(vm, store.values),
    clear: () => {
      store.clear();
    },
  });
  const metatable = stateMetatable(vm, store);
  methods.setMetatable(metatable);
  const fields = vm.engine.createTable().retain();
  fields.setMetatable(metatable);
  return { State: methods, state: fields };
}

function increment(store: StateStore, args: Arguments): LuaValue {
  const key = args.text(1);
  const current = store.values.get(key) ?? 0;
  if (typeof current !== "number" && typeof current !== "bigint") {
    throw new ProcedureFailure("state-invalid", `State.increment: state.${key} is not a number.`);
  }
  const sum = Number(current) + (args.optionalNumber(2) ?? 1);
  const isFloat = isFloatValue(store.get(key)) || isFloatValue(args.exact(2));
  store.set(key, isFloat && Number.isInteger(sum) ? luaJson(`${sum}.0`) : sum);
  return store.get(key);
}

/** True for what an exact read gives for `2.0`. */
function isFloatValue(value: LuaValue): boolean {
  return typeof value === "object" && value.kind === "json";
}

function stateMetatable(vm: Vm, store: StateStore): LuaTable {
  const pairs = vm.engine.globals.get("pairs");
  return vm.table({
    __index: store.values,
    __newindex: vm.function("state", (args) => {
      store.set(fieldName(args), args.exact(3));
    }),
    __pairs: vm.function("pairs", () =>
      typeof pairs === "object" && pairs.kind === "function" ? pairs.call(store.values) : undefined,
    ),
    __metatable: "state",
    [tagKey]: "state",
  });
}

function fieldName(args: Arguments): string {
  const key = args.value(2);
  if (typeof key === "string") return key;
  if (typeof key === "number" || typeof key === "bigint") return String(key);
  throw new ProcedureFailure("state-invalid", "Fields of state have texts as names.");
}

/** A shallow copy. */
function copy(vm: Vm, values: LuaTable): LuaTable {
  const result = vm.engine.createTable();
  for (const [key] of values.entries()) {
    if (typeof key === "string" || typeof key === "number") result.set(key, values.exact(key));
  }
  return result;
}

import type { Json } from "#common/json.ts";
import type { LuaFunction, LuaTable, LuaValue } from "#lua/engine.ts";
import type { RunContext } from "../declarations/run-context.ts";
import { type Arguments, isTable } from "../vm/arguments.ts";
import type { Handle, HandleKind } from "../vm/handles.ts";
import { ProcedureFailure } from "../vm/procedure-failure.ts";

/** Kinds whose explicit name must be the variable's. */
const strictKinds: ReadonlySet<HandleKind> = new Set(["tool", "context", "corpus", "retriever", "compactor"]);

/**
 * What happens when a global variable is set for the first time: a handle takes the variable's name, and a setting
 * (`default_model = "…"`) takes the value. The settings' functions stand behind the globals, so that an assignment is
 * noticed.
 */
export class GlobalNames {
  readonly #context: RunContext;
  readonly #settings: ReadonlyMap<string, LuaFunction>;

  constructor(context: RunContext, settings: ReadonlyMap<string, LuaFunction>) {
    this.#context = context;
    this.#settings = settings;
  }

  install(): void {
    const { vm } = this.#context;
    vm.engine.globals.setMetatable(
      vm.table({
        __index: vm.table(Object.fromEntries(this.#settings)),
        __newindex: vm.function("global", (args) => this.#assign(args)),
        __metatable: false,
      }),
    );
  }

  /** Names what was assigned to a variable that already existed, which no hook sees. */
  nameRest(): void {
    for (const [name, value] of this.#context.vm.engine.globals.entries()) {
      const handle = isTable(value) ? this.#context.handles.of(value) : undefined;
      if (handle?.temporary && typeof name === "string") handle.rename(name);
    }
  }

  #assign(args: Arguments): undefined {
    const key = args.value(2);
    const value = args.value(3);
    if (typeof key === "string" && this.#settings.has(key)) {
      this.#context.settings.set(key, this.#plain(key, value));
      return;
    }
    const handle = this.#context.handles.of(value);
    if (handle && typeof key === "string") name(handle, key);
    setRaw(this.#context.vm.engine.globals, key, value);
  }

  #plain(key: string, value: LuaValue): Json {
    return this.#context.vm.encode(value, `The setting ${key}`).json;
  }
}

function name(handle: Handle, variable: string): void {
  if (handle.temporary) handle.rename(variable);
  else if (strictKinds.has(handle.kind) && handle.name !== variable) {
    const kind = handle.kind.charAt(0).toUpperCase() + handle.kind.slice(1);
    throw new ProcedureFailure(
      "declaration-invalid",
      `${kind} name mismatch: assigned to '${variable}' but ${handle.kind} is named '${handle.name}'.`,
    );
  }
}

function setRaw(globals: LuaTable, key: LuaValue, value: LuaValue): void {
  if (typeof key === "string" || typeof key === "number") globals.set(key, value);
}

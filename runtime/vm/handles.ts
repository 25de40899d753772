import type { LuaTable, LuaValue } from "#lua/engine.ts";
import type { At } from "#protocol/events/events.ts";
import { isTable } from "./arguments.ts";
import type { Primitive, Vm } from "./vm.ts";

/** What a handle stands for. */
export type HandleKind =
  | "agent"
  | "tool"
  | "toolset"
  | "procedure"
  | "procedureRun"
  | "model"
  | "context"
  | "corpus"
  | "retriever"
  | "compactor"
  | "task"
  | "module"
  | "filter";

/** The key of a metatable that says what its table is. */
export const tagKey = "__tactus";
const idKey = "__handle";

export interface HandleOptions {
  readonly kind: HandleKind;
  /** Absent: a temporary name, until a global variable gives one. */
  readonly name?: string | undefined;
  /** The name until a global variable gives one; for what is named elsewhere too. */
  readonly provisionalName?: string | undefined;
  readonly at?: At | undefined;
  /** Methods, callable with dot and colon. */
  readonly methods?: Readonly<Record<string, Primitive>>;
  /** What `handle(…)` does; the arguments begin after the handle. */
  readonly call?: Primitive;
  /** What reading a member that does not exist does, instead of giving nil. */
  readonly missing?: Primitive;
}

/** What Lua holds of a declaration: an empty table whose metatable answers. */
export class Handle {
  readonly kind: HandleKind;
  readonly at: At | undefined;
  readonly table: LuaTable;
  readonly #members: LuaTable;
  #name: string;
  #temporary: boolean;

  constructor(options: HandleOptions & { readonly name: string }, temporary: boolean, vm: Vm, id: number) {
    this.kind = options.kind;
    this.at = options.at;
    this.#name = options.name;
    this.#temporary = temporary;
    this.table = vm.engine.createTable().retain();
    this.#members = vm.table({ name: options.name }).retain();
    for (const [name, method] of Object.entries(options.methods ?? {})) {
      this.#members.set(name, vm.function(`${options.kind}.${name}`, method, this.table));
    }
    const { missing } = options;
    if (missing) this.#members.setMetatable(vm.table({ __index: vm.function(options.kind, missing) }));
    this.table.setMetatable(this.#metatable(options, vm, id));
  }

  get name(): string {
    return this.#name;
  }

  /** True until a global variable or the declaration itself gives a name. */
  get temporary(): boolean {
    return this.#temporary;
  }

  rename(name: string): void {
    this.#name = name;
    this.#temporary = false;
    this.#members.set("name", name);
  }

  /** Sets what `handle.<name>` reads. */
  setMember(name: string, value: LuaValue): void {
    this.#members.set(name, value);
  }

  #metatable(options: HandleOptions, vm: Vm, id: number): LuaTable {
    const label = (): string => `${this.kind}: ${this.#name}`;
    const metatable = vm.table({
      __index: this.#members,
      __tostring: vm.function("tostring", label),
      __name: options.kind,
      __metatable: options.kind,
      [tagKey]: "handle",
      [idKey]: id,
    });
    const { call } = options;
    if (call) metatable.set("__call", vm.function(`${options.kind}()`, call, this.table));
    return metatable;
  }
}

/** All handles of a run, found again by the table that Lua passes around. */
export class Handles {
  readonly #vm: Vm;
  readonly #handles: Handle[] = [];

  constructor(vm: Vm) {
    this.#vm = vm;
  }

  create(options: HandleOptions): Handle {
    const id = this.#handles.length + 1;
    const name = options.name ?? options.provisionalName ?? `_temp_${options.kind}_${id}`;
    const handle = new Handle({ ...options, name }, options.name === undefined, this.#vm, id);
    this.#handles.push(handle);
    return handle;
  }

  /** Handles made so far, oldest first. */
  get all(): readonly Handle[] {
    return this.#handles;
  }

  /** The latest handle of this kind and name. */
  find(kind: HandleKind, name: string): Handle | undefined {
    return this.#handles.findLast((handle) => handle.kind === kind && handle.name === name);
  }

  /** The handle that this value is. */
  of(value: LuaValue): Handle | undefined {
    if (!isTable(value)) return undefined;
    const id = value.getMetatable()?.get(idKey);
    return typeof id === "number" ? this.#handles[id - 1] : undefined;
  }
}

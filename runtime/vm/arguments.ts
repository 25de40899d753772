import type { HostCall, LuaFunction, LuaTable, LuaValue } from "#lua/engine.ts";
import type { At } from "#protocol/events/events.ts";
import { ProcedureFailure } from "./procedure-failure.ts";

/** The Lua type of a value, as `type()` names it. */
export function luaType(value: LuaValue): string {
  if (value === undefined) return "nil";
  if (typeof value === "bigint") return "number";
  if (typeof value !== "object") return typeof value;
  return value.kind === "json" ? "table" : value.kind;
}

/** True for a reference to a table. */
export function isTable(value: LuaValue): value is LuaTable {
  return typeof value === "object" && value.kind === "table";
}

/** True for a reference to a function. */
export function isFunction(value: LuaValue): value is LuaFunction {
  return typeof value === "object" && value.kind === "function";
}

/** The arguments of one call of a primitive, read with the types it needs. A wrong type is a failure that names both. */
export class Arguments {
  readonly #name: string;
  readonly #call: HostCall;
  readonly #skipped: number;

  /** `self`: a table that is dropped when it comes first, so that `x.f(a)` and `x:f(a)` are the same. */
  constructor(name: string, call: HostCall, self?: LuaTable) {
    this.#name = name;
    this.#call = call;
    const first = self && call.argumentCount > 0 ? call.argument(1) : undefined;
    this.#skipped = self && isTable(first) && first.is(self) ? 1 : 0;
  }

  /** How many were given. */
  get count(): number {
    return this.#call.argumentCount - this.#skipped;
  }

  /** The line that made the call. */
  get at(): At | undefined {
    const position = this.#call.position();
    return position && { file: position.chunk, line: position.line };
  }

  /** Argument `index` (from 1) as it is. */
  value(index: number): LuaValue {
    return this.#call.argument(index + this.#skipped);
  }

  /** Argument `index` to be kept in Lua: a float stays one. */
  exact(index: number): LuaValue {
    return this.#call.exact(index + this.#skipped);
  }

  text(index: number): string {
    const value = this.value(index);
    return typeof value === "string" ? value : this.#refuse(index, "a string");
  }

  optionalText(index: number): string | undefined {
    return this.value(index) === undefined ? undefined : this.text(index);
  }

  number(index: number): number {
    const value = this.value(index);
    if (typeof value === "bigint") return Number(value);
    return typeof value === "number" ? value : this.#refuse(index, "a number");
  }

  optionalNumber(index: number): number | undefined {
    return this.value(index) === undefined ? undefined : this.number(index);
  }

  table(index: number): LuaTable {
    const value = this.value(index);
    return isTable(value) ? value : this.#refuse(index, "a table");
  }

  optionalTable(index: number): LuaTable | undefined {
    return this.value(index) === undefined ? undefined : this.table(index);
  }

  function(index: number): LuaFunction {
    const value = this.value(index);
    return isFunction(value) ? value : this.#refuse(index, "a function");
  }

  #refuse(index: number, expected: string): never {
    const got = luaType(this.value(index));
    throw new ProcedureFailure(
      "lua-error",
      `${this.#name}: argument ${index} must be ${expected}, got ${got}.`,
    );
  }
}

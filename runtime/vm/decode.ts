import type { Json } from "#common/json.ts";
import type { LuaFunction, LuaTable, LuaValue } from "#lua/engine.ts";
import {
  CallbackFailure,
  type Decoded,
  DecodedFunction,
  DecodedHandle,
  type DecodedTable,
} from "../schema/decoded.ts";
import { isFunction, isTable } from "./arguments.ts";
import { isCatchable } from "./catchable.ts";
import type { Handles } from "./handles.ts";
import { ProcedureFailure } from "./procedure-failure.ts";
import type { Vm } from "./vm.ts";

const maximumDepth = 56;

/** Turns the tables of declarations into host values that keep functions and handles. */
export class Decoder {
  readonly #vm: Vm;
  readonly #handles: Handles;

  constructor(vm: Vm, handles: Handles) {
    this.#vm = vm;
    this.#handles = handles;
  }

  /** `what` names the value when it is nested too deep (a cycle). */
  decode(value: LuaValue, what: string, depth = 0): Decoded {
    if (depth > maximumDepth) {
      throw new ProcedureFailure("declaration-invalid", `${what} is nested too deep, or contains itself.`);
    }
    if (isTable(value)) return this.#table(value, what, depth);
    if (isFunction(value)) return this.#function(value);
    if (typeof value === "bigint") return Number(value);
    return typeof value === "object" ? JSON.parse(value.text) : value;
  }

  #table(table: LuaTable, what: string, depth: number): Decoded {
    const handle = this.#handles.of(table);
    if (handle) return new DecodedHandle(handle.kind, () => handle.name);
    const entries = table.entries();
    const length = table.length();
    if (length === entries.length) {
      return entries.map(([, value]) => this.decode(value, what, depth + 1));
    }
    const result: Record<string, Decoded> = Object.create(null);
    for (const [key, value] of entries) result[String(key)] = this.decode(value, what, depth + 1);
    return result satisfies DecodedTable;
  }

  #function(lua: LuaFunction): DecodedFunction {
    const kept = lua.retain();
    return new DecodedFunction((...args) => {
      const result = this.#call(kept, args);
      return result === undefined ? undefined : this.#json(result);
    });
  }

  /** What the function raised by itself is a CallbackFailure; a stop or a used-up budget passes through. */
  #call(lua: LuaFunction, args: readonly Json[]): LuaValue {
    try {
      return lua.call(...args.map((argument) => this.#vm.decode(argument)))[0];
    } catch (thrown) {
      if (!isCatchable(thrown)) throw thrown;
      throw new CallbackFailure(thrown.message, { cause: thrown });
    }
  }

  #json(value: LuaValue): Json {
    return this.#vm.encode(value, "The result of a function", { unsupported: "omit" }).json;
  }
}

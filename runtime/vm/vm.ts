import { errorText } from "#common/error-text.ts";
import type { Json } from "#common/json.ts";
import {
  type JsonEncoding,
  type LuaEngine,
  LuaError,
  type LuaFunction,
  type LuaTable,
  type LuaValue,
  luaJson,
} from "#lua/engine.ts";
import { Arguments, isTable } from "./arguments.ts";
import { codeOf, ProcedureFailure } from "./procedure-failure.ts";
import { RaisedCodes } from "./raised-codes.ts";

/** A primitive: arguments in, Lua values out. What it throws becomes a Lua error with the same text. */
export type Primitive = (args: Arguments) => LuaValue | readonly LuaValue[];

/** A Lua value as JSON; the text keeps what numbers were (`2.0` stays a float when decoded again). */
export interface EncodedJson {
  readonly text: string;
  readonly json: Json;
}

/** Deepest nesting of a value that leaves the VM: a frame's limit less the levels of the message around it. */
const maximumDepth = 56;
/** Bytes of one value that leaves the VM, below a frame's limit. */
const maximumBytes = 3.5 * 1024 * 1024;

/** What primitives need of the engine, in the terms of the runtime: functions with checked arguments, JSON, coded errors. */
export class Vm {
  readonly engine: LuaEngine;
  /** JSON text to use for a table with a metatable (handles, agent results, state). */
  special: (table: LuaTable) => string | undefined = () => undefined;

  readonly raised = new RaisedCodes();

  readonly #constantMaker: LuaFunction;

  constructor(engine: LuaEngine) {
    this.engine = engine;
    this.#constantMaker = engine.load("local value = ... return function() return value end", "=runtime");
  }

  /** A function for Lua; `self` as in `Arguments`. Made during a host call, it has to be stored in Lua or retained. */
  function(name: string, primitive: Primitive, self?: LuaTable): LuaFunction {
    return this.engine.createFunction(name, (call) => {
      try {
        return primitive(new Arguments(name, call, self));
      } catch (thrown) {
        throw this.#luaError(name, thrown);
      }
    });
  }

  /** A table of primitives that may be called with a dot or a colon: `Name.f(…)`, `Name:f(…)`. */
  library(name: string, primitives: Readonly<Record<string, Primitive>>): LuaTable {
    const table = this.engine.createTable().retain();
    for (const [key, primitive] of Object.entries(primitives)) {
      table.set(key, this.function(`${name}.${key}`, primitive, table));
    }
    return table;
  }

  /** A fresh table with these entries. Made during a host call, it has to be stored in Lua or retained. */
  table(entries: Readonly<Record<string, LuaValue>>): LuaTable {
    const table = this.engine.createTable();
    for (const [key, value] of Object.entries(entries)) table.set(key, value);
    return table;
  }

  /** JSON of a value; `what` names it when it can't be written (a function inside, a cycle, too large). */
  encode(value: LuaValue, what: string, encoding: Partial<JsonEncoding> = {}): EncodedJson {
    const text = this.encodeText(value, what, encoding);
    return { text, json: JSON.parse(text) };
  }

  /** As `encode`, text only. */
  encodeText(value: LuaValue, what: string, encoding: Partial<JsonEncoding> = {}): string {
    try {
      return this.engine.encodeJson(value, {
        emptyTable: "object",
        special: this.special,
        maximumDepth,
        maximumBytes,
        ...encoding,
      });
    } catch (thrown) {
      if (!(thrown instanceof LuaError) || thrown.kind !== "conversion") throw thrown;
      throw new ProcedureFailure("lua-error", `${what} can't be written as JSON: ${thrown.message}`);
    }
  }

  /** A function of no arguments that always gives this value. It is Lua's own, so that it goes when nothing holds it. */
  constant(value: LuaValue): LuaValue {
    return this.#constantMaker.call(value)[0];
  }

  /** A fresh table made of the JSON text of one. */
  copyOf(text: string): LuaTable {
    const holder = this.engine.createTable();
    holder.set(1, luaJson(text));
    const copy = holder.get(1);
    return isTable(copy) ? copy : this.engine.createTable();
  }

  /** A Lua value made of JSON. */
  decode(json: Json | undefined): LuaValue {
    return json === undefined || json === null ? undefined : luaJson(JSON.stringify(json));
  }

  /** Lua sees the text; the failure stays beside it as the cause, so that its code is known when nobody catches it. */
  #luaError(name: string, thrown: unknown): LuaError {
    if (thrown instanceof LuaError) return thrown;
    const code = codeOf(thrown);
    const text = errorText(thrown);
    const error = new LuaError(code === undefined ? `Internal error in ${name}: ${text}` : text);
    error.cause = thrown;
    this.raised.remember(error.message, code ?? "internal-error");
    return error;
  }
}

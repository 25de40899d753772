import { isJsonObject, type Json, type JsonObject } from "#common/json.ts";
import type { LuaTable, LuaValue } from "#lua/engine.ts";
import type { FieldSchemas, RuntimePorts } from "../ports.ts";
import type { RunRecorder } from "../recording/run-recorder.ts";
import { validateValue } from "../schema/validate.ts";
import { isTable } from "../vm/arguments.ts";
import { ProcedureFailure } from "../vm/procedure-failure.ts";
import type { Vm } from "../vm/vm.ts";

/**
 * The state of a run: one Lua table that holds values by reference. What is set is announced with its JSON value; a
 * change inside a stored table is not (set the table again to announce it).
 */
export class StateStore {
  readonly #vm: Vm;
  readonly #ports: Pick<RuntimePorts, "emit">;
  readonly #recorder: RunRecorder;
  #values: LuaTable;
  #schemas: FieldSchemas = {};

  constructor(vm: Vm, ports: Pick<RuntimePorts, "emit">, recorder: RunRecorder) {
    this.#vm = vm;
    this.#ports = ports;
    this.#recorder = recorder;
    this.#values = vm.engine.createTable().retain();
  }

  /** The table that holds the values. */
  get values(): LuaTable {
    return this.#values;
  }

  /** Takes a procedure's declared fields and sets their defaults. */
  declare(schemas: FieldSchemas): void {
    this.#schemas = { ...this.#schemas, ...schemas };
    for (const [key, schema] of Object.entries(schemas)) {
      if (schema.default !== undefined) this.set(key, this.#vm.decode(schema.default));
    }
  }

  get(key: string): LuaValue {
    return this.#values.exact(key);
  }

  /** Throws ProcedureFailure `state-invalid` when the value is not JSON or not what is declared for the field. */
  set(key: string, value: LuaValue): void {
    const json = value === undefined ? null : this.#encoded(key, value);
    this.#check(key, json);
    const store = (): void => {
      this.#values.set(key, value);
      this.#ports.emit({ type: "state", key, value: json });
    };
    const { observer } = this.#recorder;
    if (observer) observer.onState(key, { before: this.#values.get(key), after: value }, store);
    else store();
  }

  /** Adds an item to a list; a value that is not a list becomes its first item. */
  append(key: string, item: LuaValue): void {
    const current = this.#values.exact(key);
    const list = isTable(current) ? current : this.#vm.engine.createTable();
    if (current !== undefined && !isTable(current)) list.set(1, current);
    list.set(list.length() + 1, item);
    this.set(key, list);
  }

  clear(): void {
    for (const [key] of this.#values.entries()) {
      if (typeof key === "string") this.set(key, undefined);
    }
  }

  /** All values as JSON, for templates. */
  snapshot(): JsonObject {
    const { json } = this.#vm.encode(this.#values, "State", { unsupported: "omit" });
    return isJsonObject(json) ? json : {};
  }

  #encoded(key: string, value: LuaValue): Json {
    try {
      return this.#vm.encode(value, `state.${key}`).json;
    } catch (thrown) {
      if (!(thrown instanceof ProcedureFailure)) throw thrown;
      throw new ProcedureFailure("state-invalid", thrown.message);
    }
  }

  #check(key: string, json: Json): void {
    const schema = Object.hasOwn(this.#schemas, key) ? this.#schemas[key] : undefined;
    if (!schema || json === null) return;
    const checked = validateValue(schema, json, { what: "state", path: key });
    if (checked.ok) return;
    throw new ProcedureFailure(
      "state-invalid",
      checked.error.map((problem) => `${problem.message}.`).join("\n"),
    );
  }
}

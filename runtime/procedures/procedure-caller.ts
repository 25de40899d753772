import type { Json } from "#common/json.ts";
import type { LuaValue } from "#lua/engine.ts";
import type { RunRecorder } from "../recording/run-recorder.ts";
import type { StateStore } from "../state/state-store.ts";
import type { EncodedJson, Vm } from "../vm/vm.ts";
import type { ProcedureDefinition } from "./procedure-definition.ts";
import { checkedOutput, type ValueOwner } from "./procedure-values.ts";

/** What a procedure gave back: the Lua value (its first), and all of it as JSON. */
export interface ProcedureResult {
  readonly value: LuaValue;
  readonly encoded: EncodedJson;
}

/** Runs the body of a procedure with checked input and gives its result checked. */
export class ProcedureCaller {
  readonly #vm: Vm;
  readonly #state: StateStore;
  readonly #recorder: RunRecorder;

  constructor(vm: Vm, state: StateStore, recorder: RunRecorder) {
    this.#vm = vm;
    this.#state = state;
    this.#recorder = recorder;
  }

  /** `input` is already checked. Throws LuaError, ProcedureFailure `output-invalid`. */
  run(procedure: ProcedureDefinition, input: LuaValue, owner: ValueOwner): ProcedureResult {
    this.#state.declare(procedure.state);
    this.#recorder.observer?.beforeProcedure(owner.name);
    const values = procedure.body.callExact(input);
    const encoded = this.encodeResult(values, `The result of procedure '${owner.name}'`);
    const checked = checkedOutput(procedure.output, encoded.json, owner);
    return {
      value: values[0],
      encoded: checked === encoded.json ? encoded : { json: checked, text: JSON.stringify(checked) },
    };
  }

  /** One value as itself, several as a list. */
  encodeResult(values: readonly LuaValue[], what: string): EncodedJson {
    if (values.length <= 1) return this.#vm.encode(values[0], what);
    const texts = values.map((value) => this.#vm.encodeText(value, what));
    const text = `[${texts.join(",")}]`;
    const json: Json = JSON.parse(text);
    return { text, json };
  }
}

import { type LuaFunction, type LuaTable, luaJson } from "#lua/engine.ts";
import type { Prediction } from "../models/model-definition.ts";
import { isTable } from "../vm/arguments.ts";
import { tagKey } from "../vm/handles.ts";
import type { Vm } from "../vm/vm.ts";

/** In Lua, so that the functions of a prediction go when nothing holds it. */
const maker = `
local prediction, tag = ...
local function member(key)
  local output = rawget(prediction, "output")
  if type(output) == "table" then return output[key] end
end
function prediction.get(key, default, other)
  if rawequal(key, prediction) then key, default = default, other end
  local value = rawget(prediction, key)
  if value == nil then value = member(key) end
  if value == nil then return default end
  return value
end
return setmetatable(prediction, {
  __index = function(_, key) return member(key) end,
  __name = "prediction",
  [tag] = "result",
})`;

/** Makes what a model's call gives to Lua. */
export class PredictionTables {
  readonly #vm: Vm;
  readonly #make: LuaFunction;

  constructor(vm: Vm) {
    this.#vm = vm;
    this.#make = vm.engine.load(maker, "=prediction").retain();
  }

  /** `.output`, `.cost`, `.model_version`, `.backend_type`, `.metadata`, `get()`; any other key is one of the output. */
  table({ output, backend, version, tokensIn, tokensOut, cost, computeMs, metadata }: Prediction): LuaTable {
    const vm = this.#vm;
    const table = vm.table({
      output: vm.decode(output),
      backend_type: backend,
      model_version: version,
      metadata: luaJson(JSON.stringify(metadata)),
      cost: vm.table({
        inference_cost: cost,
        total_cost: cost,
        compute_time_ms: computeMs,
        tokens_in: tokensIn,
        tokens_out: tokensOut,
      }),
    });
    const [made] = this.#make.call(table, tagKey);
    if (!isTable(made)) throw new Error("A prediction became no table.");
    return made;
  }
}

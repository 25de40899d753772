import { isJsonObject, type JsonObject } from "#common/json.ts";
import { type LuaFunction, type LuaTable, luaJson } from "#lua/engine.ts";
import type { RunContext } from "../declarations/run-context.ts";
import { isTable } from "../vm/arguments.ts";

/** `LM("m", {…})`, `LM "m" {…}`, `LM("m")()`: the model of prompt modules from here on. */
export function languageModelPrimitive({ settings, vm }: RunContext): LuaFunction {
  const choose = (model: string, options: LuaTable | undefined): ReturnType<typeof luaJson> => {
    const given = options ? vm.encode(options, `LM "${model}"`).json : {};
    const chosen: JsonObject = { ...(isJsonObject(given) ? given : {}), model };
    settings.languageModel = chosen;
    return luaJson(JSON.stringify(chosen));
  };
  return vm.function("LM", (args) => {
    const model = args.text(1);
    const options = args.value(2);
    if (isTable(options)) return choose(model, options);
    return vm.function("LM", (curried) => choose(model, curried.optionalTable(1)));
  });
}

/** `get_current_lm()`: what `LM` chose, or nil. */
export function currentLanguageModelPrimitive({ settings, vm }: RunContext): LuaFunction {
  return vm.function("get_current_lm", () => vm.decode(settings.languageModel));
}

import { isJsonObject, type Json, type JsonObject } from "#common/json.ts";
import { type LuaFunction, type LuaTable, type LuaValue, luaJson } from "#lua/engine.ts";
import type { RunContext } from "../declarations/run-context.ts";
import { type PromptModule, readPromptModule, runPromptModule } from "../prompt-modules/prompt-module.ts";
import { readSignature } from "../prompt-modules/signature.ts";
import { type Arguments, isTable } from "../vm/arguments.ts";
import { ProcedureFailure } from "../vm/procedure-failure.ts";

/** `Signature("a, b -> c")`, `Signature {…}`, `Signature "name" {…}`: a table with `input` and `output`. */
export function signaturePrimitive({ decoder, vm }: RunContext): LuaFunction {
  const made = (args: Arguments, name?: string): LuaTable => {
    const signature = readSignature(decoder.decode(args.value(1), "Signature"));
    if (!signature.ok) throw invalid(`Signature ${signature.error}`);
    return vm.copyOf(JSON.stringify({ ...signature.value, name }));
  };
  return vm.function("Signature", (args) => {
    const text = args.value(1);
    if (typeof text !== "string" || text.includes("->")) return made(args);
    return vm.function("Signature", (curried) => made(curried, text));
  });
}

/** `Module "name" {…}` and `Module("name", {…})`: a prompt that is called with its inputs. */
export function modulePrimitive(context: RunContext): LuaFunction {
  const { vm } = context;
  return vm.function("Module", (args) => {
    const name = args.text(1);
    const config = args.value(2);
    if (isTable(config)) return declareModule(context, name, config, args);
    return vm.function("Module", (curried) => declareModule(context, name, curried.table(1), curried));
  });
}

function declareModule(context: RunContext, name: string, config: LuaTable, args: Arguments): LuaTable {
  const { decoder, handles, vm } = context;
  const module = readPromptModule(name, decoder.decode(config, `Module '${name}'`));
  if (!module.ok) throw invalid(module.error);
  const handle = handles.create({
    kind: "module",
    name,
    at: args.at,
    call: (callArgs) => callModule(context, module.value, callArgs),
  });
  const { signature } = module.value;
  handle.setMember("strategy", config.get("strategy") ?? "predict");
  handle.setMember("signature", vm.copyOf(JSON.stringify(signature)));
  handle.setMember("input_schema", vm.copyOf(JSON.stringify(signature.input)));
  handle.setMember("output_schema", vm.copyOf(JSON.stringify(signature.output)));
  return handle.table;
}

/** One call: one checkpoint. */
function callModule(context: RunContext, module: PromptModule, args: Arguments): LuaValue {
  const { checkpoints, vm } = context;
  const { at } = args;
  const { name } = module;
  const inputs = vm.encode(args.table(1), `The inputs of module '${name}'`).json;
  const prediction = checkpoints.run(
    { kind: "model", name, ...(at ? { at } : {}) },
    () => mockedPrediction(context, name, inputs) ?? predicted(context, module, inputs, at),
    (json) => ({ text: JSON.stringify(json), json }),
  );
  return luaJson(JSON.stringify(prediction));
}

function mockedPrediction({ mocks }: RunContext, name: string, inputs: Json): JsonObject | undefined {
  const mocked = mocks.toolAnswer(name, inputs);
  if (mocked?.kind === "error") throw new ProcedureFailure("model-failed", mocked.message);
  if (!mocked) return undefined;
  return isJsonObject(mocked.value) ? mocked.value : { response: mocked.value };
}

function predicted(context: RunContext, module: PromptModule, inputs: Json, at: Arguments["at"]): JsonObject {
  const { environment, settings } = context;
  const model = { defaults: settings.agentDefaults(), languageModel: settings.languageModel };
  return runPromptModule(module, { inputs, at }, model, environment);
}

function invalid(message: string): ProcedureFailure {
  return new ProcedureFailure("declaration-invalid", message);
}

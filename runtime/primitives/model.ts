import type { LuaFunction, LuaTable, LuaValue } from "#lua/engine.ts";
import type { CheckpointValue } from "../checkpoints/checkpoint-recorder.ts";
import type { RunContext } from "../declarations/run-context.ts";
import type { Prediction } from "../models/model-definition.ts";
import type { DeclaredModel } from "../models/model-registry.ts";
import { type Arguments, isTable } from "../vm/arguments.ts";
import { ProcedureFailure } from "../vm/procedure-failure.ts";
import type { Primitive } from "../vm/vm.ts";
import { PredictionTables } from "./prediction-tables.ts";

/** `Model {…}`, `Model "name" {…}`, `Model("name", {…})`, and `Model("name")` for one that exists. */
export function modelPrimitive(context: RunContext): LuaFunction {
  const { models, vm } = context;
  const parts = { context, tables: new PredictionTables(vm) };
  return vm.function("Model", (args) => {
    const first = args.value(1);
    if (isTable(first)) return declareModel(parts, first, args, undefined);
    const name = args.text(1);
    const config = args.value(2);
    if (isTable(config)) return declareModel(parts, config, args, name);
    const existing = models.find(name);
    if (existing) return existing.handle.table;
    return vm.function("Model", (curried) => declareModel(parts, curried.table(1), curried, name));
  });
}

interface ModelParts {
  readonly context: RunContext;
  readonly tables: PredictionTables;
}

/** Registers a model and gives its handle. In the workflow it is checked at once. */
function declareModel(
  parts: ModelParts,
  config: LuaTable,
  args: Arguments,
  name: string | undefined,
): LuaTable {
  const { declarations, decoder, handles, models, settings } = parts.context;
  const predict: Primitive = (callArgs) => predicted(parts, declared, callArgs);
  const handle = handles.create({ kind: "model", name, at: args.at, call: predict, methods: { predict } });
  const declared: DeclaredModel = {
    handle,
    config: decoder.decode(config, "Model"),
    defaults: settings.agentDefaults(),
  };
  models.add(declared);
  if (declarations.workflowStarted) models.setUp();
  return handle.table;
}

/** One call: one checkpoint. */
function predicted({ context, tables }: ModelParts, declared: DeclaredModel, args: Arguments): LuaValue {
  const { checkpoints, models, vm } = context;
  const { name } = declared.handle;
  const at = args.at;
  if (args.value(1) === undefined) {
    throw new ProcedureFailure(
      "input-invalid",
      `Model '${name}' is called with its input, such as {text = "…"}.`,
    );
  }
  const input = vm.encode(args.exact(1), `The input of model '${name}'`).json;
  const prediction = checkpoints.run(
    { kind: "model", name, ...(at ? { at } : {}) },
    () => models.predict(declared, { input, at }),
    recorded,
  );
  return tables.table(prediction);
}

function recorded(prediction: Prediction): CheckpointValue {
  const text = JSON.stringify(prediction);
  return { text, json: JSON.parse(text) };
}

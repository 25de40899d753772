import { type LuaFunction, type LuaTable, type LuaValue, luaJson } from "#lua/engine.ts";
import type { CheckpointRecorder, CheckpointValue } from "../checkpoints/checkpoint-recorder.ts";
import type { Arguments } from "../vm/arguments.ts";
import { ProcedureFailure } from "../vm/procedure-failure.ts";
import type { Primitive, Vm } from "../vm/vm.ts";

export interface CheckpointPrimitives {
  readonly checkpoint: LuaFunction;
  readonly Step: LuaTable;
  readonly Checkpoint: LuaTable;
}

/** `checkpoint(fn)`, `Step.checkpoint(fn)` and the log behind them, `Checkpoint.*` (positions from 0). */
export function checkpointPrimitives(vm: Vm, recorder: CheckpointRecorder): CheckpointPrimitives {
  const step: Primitive = (args) => runStep(vm, recorder, args);
  return {
    checkpoint: vm.function("checkpoint", step),
    Step: vm.library("Step", { checkpoint: step }),
    Checkpoint: vm.library("Checkpoint", {
      next_position: () => recorder.length,
      exists: (args) => recorder.at(position(args)) !== undefined,
      get: (args) => recordedValue(recorder.at(position(args))?.value),
      clear_all: () => clear(recorder, 0),
      clear_after: (args) => clear(recorder, position(args)),
    }),
  };
}

/** `checkpoint(fn)`; a text before the function names the step. */
function runStep(vm: Vm, recorder: CheckpointRecorder, args: Arguments): LuaValue {
  const named = typeof args.value(1) === "string";
  const action = args.function(named ? 2 : 1);
  const at = args.at;
  return recorder.run(
    { kind: "step", ...(named ? { name: args.text(1) } : {}), ...(at ? { at } : {}) },
    () => action.callExact()[0],
    (value) => (value === undefined ? undefined : vm.encode(value, "The value of a checkpoint")),
    recordedValue,
  );
}

function recordedValue(value: CheckpointValue | undefined): LuaValue {
  return value && luaJson(value.text);
}

function clear(recorder: CheckpointRecorder, from: number): undefined {
  recorder.truncate(from);
}

/** An integer, an integral float, or its digits as text. */
function position(args: Arguments): number {
  const given = args.value(1);
  const number = typeof given === "string" && /^\d+$/.test(given) ? Number(given) : given;
  if (typeof number === "number" && Number.isInteger(number)) return number;
  throw new ProcedureFailure("lua-error", "Checkpoint: a position is an integer from 0.");
}

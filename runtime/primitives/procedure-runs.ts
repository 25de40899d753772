import { isJsonObject } from "#common/json.ts";
import { type LuaTable, type LuaValue, luaJson } from "#lua/engine.ts";
import type { RunContext } from "../declarations/run-context.ts";
import type { ChildCall } from "../procedures/child-programs.ts";
import type { SpawnedProgram } from "../procedures/spawned-programs.ts";
import { type Arguments, isTable } from "../vm/arguments.ts";
import type { Handle } from "../vm/handles.ts";
import { ProcedureFailure } from "../vm/procedure-failure.ts";
import type { EncodedJson, Primitive } from "../vm/vm.ts";

/** Runs a procedure of this file with checked input, without a checkpoint of its own. */
export type DeclaredCall = (name: string, input: LuaTable | undefined) => (() => EncodedJson) | undefined;

/** `Procedure.run`, `Procedure.spawn` and what asks about spawned ones. */
export function procedureRunFunctions(
  context: RunContext,
  declaredCall: DeclaredCall,
): Readonly<Record<string, Primitive>> {
  const spawnedOf = new Map<Handle, SpawnedProgram>();
  const { spawned: programs } = context;
  const given = (args: Arguments): SpawnedProgram => known(context, spawnedOf, args.value(1));
  const settled = (program: SpawnedProgram, timeoutSeconds?: number): SpawnedProgram => {
    programs.settle(program, timeoutSeconds);
    tell(handleOf(spawnedOf, program), program);
    return program;
  };
  const several = (args: Arguments): SpawnedProgram[] =>
    args
      .table(1)
      .entries()
      .map(([, value]) => known(context, spawnedOf, value));
  return {
    run: (args) => runNow(context, declaredCall, args),
    spawn: (args) => spawn(context, spawnedOf, { declaredCall, args }),
    wait: (args) => resultOf(settled(given(args), timeoutOf(args))),
    result: (args) => resultOf(settled(given(args))),
    status: (args) => luaJson(JSON.stringify(statusOf(settled(given(args))))),
    is_complete: (args) => settled(given(args)).status !== "running",
    all_complete: (args) => several(args).every((program) => settled(program).status !== "running"),
    wait_any: (args) => firstEnded(several(args), settled, spawnedOf),
    wait_all: (args) =>
      listOf(
        context,
        several(args).map((program) => resultText(settled(program))),
      ),
    cancel: (args) => {
      const program = given(args);
      programs.cancel(program);
      tell(handleOf(spawnedOf, program), program);
      return undefined;
    },
    inject: (args) => {
      const message = `Procedure.inject has no effect: '${given(args).name}' takes no messages.`;
      context.ports.emit({ type: "log", level: "warn", message });
      return undefined;
    },
  };
}

/** One checkpoint around the whole run of another file. */
function runNow(context: RunContext, declaredCall: DeclaredCall, args: Arguments): LuaValue {
  const name = args.text(1);
  const run = prepared(context, declaredCall, args);
  const at = args.at;
  const result = context.checkpoints.run(
    { kind: "procedure", name, ...(at ? { at } : {}) },
    () => run(undefined),
    (encoded) => encoded,
  );
  return luaJson(result.text);
}

function spawn(
  context: RunContext,
  spawnedOf: Map<Handle, SpawnedProgram>,
  { declaredCall, args }: { readonly declaredCall: DeclaredCall; readonly args: Arguments },
): LuaTable {
  const name = args.text(1);
  const program = context.spawned.spawn(name, args.at, prepared(context, declaredCall, args));
  const handle = context.handles.create({ kind: "procedureRun", name, at: args.at });
  spawnedOf.set(handle, program);
  tell(handle, program);
  return handle.table;
}

/** What runs: a file of that name, else a procedure of this file. Its input is read now, its body runs later. */
function prepared(context: RunContext, declaredCall: DeclaredCall, args: Arguments): SpawnedProgram["run"] {
  const name = args.text(1);
  const params = args.optionalTable(2);
  const program = context.programs.find(name);
  if (program) {
    const input = params ? context.vm.encode(params, `The input of procedure '${name}'`).json : {};
    const call: ChildCall = { name, input: isJsonObject(input) ? input : {} };
    return (timeoutSeconds) => context.programs.run(program, { ...call, timeoutSeconds });
  }
  const declared = declaredCall(name, params);
  if (declared) return declared;
  throw new ProcedureFailure(
    "procedure-missing",
    `Failed to execute procedure '${name}': Procedure '${name}' not found: there is no file ${name.endsWith(".tac") ? name : `${name}.tac`} in the workspace, beside this file, in the folders above it or in examples, and this file declares no procedure of that name.`,
  );
}

function known(
  { handles }: RunContext,
  spawnedOf: ReadonlyMap<Handle, SpawnedProgram>,
  value: LuaValue,
): SpawnedProgram {
  const handle = handles.of(value);
  const program = handle && spawnedOf.get(handle);
  if (program) return program;
  throw new ProcedureFailure("lua-error", "Procedure: this takes what Procedure.spawn gave.");
}

function handleOf(
  spawnedOf: ReadonlyMap<Handle, SpawnedProgram>,
  wanted: SpawnedProgram,
): Handle | undefined {
  for (const [handle, program] of spawnedOf) if (program === wanted) return handle;
  return undefined;
}

/** Writes how it stands onto the handle, where Lua reads it. */
function tell(handle: Handle | undefined, program: SpawnedProgram): void {
  if (!handle) return;
  handle.setMember("procedure_id", program.id);
  handle.setMember("status", program.status);
  handle.setMember("error", program.error?.message);
  handle.setMember("result", program.result && luaJson(program.result.text));
}

/** `wait(handle, 5)` or `wait(handle, {timeout = 5})`. */
function timeoutOf(args: Arguments): number | undefined {
  const given = args.value(2);
  const seconds = isTable(given) ? given.get("timeout") : args.optionalNumber(2);
  return typeof seconds === "number" ? seconds : undefined;
}

function resultOf(program: SpawnedProgram): LuaValue {
  return luaJson(resultText(program));
}

/** Throws ProcedureFailure for one that failed or was cancelled. */
function resultText({ name, status, result, error }: SpawnedProgram): string {
  if (result) return result.text;
  throw error
    ? new ProcedureFailure(error.code, error.message)
    : new ProcedureFailure("procedure-failed", `Procedure '${name}' was ${status}.`);
}

function statusOf(program: SpawnedProgram) {
  const { id, name, status, result, error, startedAt, completedAt } = program;
  return {
    procedure_id: id,
    name,
    status,
    result: result?.json,
    error: error?.message,
    started_at: new Date(startedAt).toISOString(),
    completed_at: completedAt === undefined ? undefined : new Date(completedAt).toISOString(),
  };
}

/** The first that has ended already, else the first of the list. */
function firstEnded(
  programs: readonly SpawnedProgram[],
  settled: (program: SpawnedProgram) => SpawnedProgram,
  spawnedOf: ReadonlyMap<Handle, SpawnedProgram>,
): LuaValue {
  const first = programs.find(({ status }) => status !== "running") ?? programs[0];
  if (!first) throw new ProcedureFailure("lua-error", "Procedure.wait_any needs at least one procedure.");
  return handleOf(spawnedOf, settled(first))?.table;
}

function listOf({ vm }: RunContext, texts: readonly string[]): LuaTable {
  const list = vm.engine.createTable();
  for (const [index, text] of texts.entries()) list.set(index + 1, luaJson(text));
  return list;
}

import type { Json } from "#common/json.ts";
import type { LuaFunction } from "#lua/engine.ts";
import type { RunContext } from "../declarations/run-context.ts";
import type { ProcedureDefinition } from "../procedures/procedure-definition.ts";
import { mainName, plainProcedure } from "../procedures/procedure-registry.ts";
import { type DeclaredTask, presetTask, taskName } from "../tasks/task-registry.ts";
import { isFunction } from "../vm/arguments.ts";
import { ProcedureFailure } from "../vm/procedure-failure.ts";

/**
 * What runs: what was asked for, else by the order of the language: the task `run`, `main`, the only task, a file's own
 * result (undefined), the only procedure. Throws ProcedureFailure that says what there is.
 */
export function entryPoint(
  context: RunContext,
  { asked, hasResult }: { readonly asked: string | undefined; readonly hasResult: boolean },
): ProcedureDefinition | undefined {
  if (asked !== undefined) return askedFor(context, asked);
  const preset = context.tasks.find(presetTask);
  if (preset) return asProcedure(context, preset);
  const main = mainProcedure(context);
  if (main) return main;
  const [only, ...others] = context.tasks.topLevel;
  if (only && others.length === 0) return asProcedure(context, only);
  if (only) throw severalTasks(context);
  if (hasResult) return undefined;
  const offered = implicitTasks(context);
  if (offered.size > 0 && context.procedures.names().length === 0) throw severalTasks(context);
  return onlyProcedure(context);
}

function askedFor(context: RunContext, name: string): ProcedureDefinition {
  const { procedures, tasks } = context;
  const task = tasks.find(name);
  if (task) return asProcedure(context, task);
  const isMain = name === mainName || name === presetTask;
  const found =
    procedures.find(name) ??
    (isMain ? mainProcedure(context) : undefined) ??
    implicitTasks(context).get(name)?.();
  if (found) return found;
  throw new ProcedureFailure(
    "procedure-missing",
    `The file declares no procedure and no task '${name}'. ${listed(context)}`,
  );
}

/** Tasks that a file offers by declaring retrievers and corpora: reading them, for a look at what there is. */
function implicitTasks(context: RunContext): ReadonlyMap<string, () => ProcedureDefinition> {
  const { contexts, vm } = context;
  const offered = new Map<string, () => ProcedureDefinition>();
  const offer = (name: string, work: () => Json): void => {
    const body = (): LuaFunction => vm.function(`Task ${name}`, () => vm.decode(work())).retain();
    offered.set(name, () => plainProcedure(name, body()));
  };
  const retrievers = contexts.retrievers.names();
  const corpora = contexts.corpora.names();
  if (retrievers.length > 0) offer("index", () => contexts.index());
  for (const name of retrievers) offer(`index:${name}`, () => contexts.index(name));
  if (corpora.length > 0) offer("extract", () => contexts.extract());
  for (const name of corpora) offer(`extract:${name}`, () => contexts.extract(name));
  return offered;
}

function listed(context: RunContext): string {
  const { procedures, tasks } = context;
  const names = [...procedures.names(), ...tasks.names(), ...implicitTasks(context).keys()];
  return names.length === 0 ? "It declares none." : `There are: ${names.join(", ")}.`;
}

/** A task takes no input; what it depends on runs before it. */
function asProcedure({ tasks, vm }: RunContext, task: DeclaredTask): ProcedureDefinition {
  const name = taskName(task);
  const body = vm.function(`Task ${name}`, () => tasks.run(task)).retain();
  return plainProcedure(name, body);
}

function severalTasks(context: RunContext): ProcedureFailure {
  const names = [...context.tasks.names(), ...implicitTasks(context).keys()].join(", ");
  return new ProcedureFailure(
    "task-required",
    `The file declares tasks and none is named '${presetTask}'; name the one to run: ${names}.`,
  );
}

/** The procedure named `main`, or a plain Lua function of that name. */
function mainProcedure({ procedures, vm }: RunContext): ProcedureDefinition | undefined {
  const plain = vm.engine.globals.get(mainName);
  return procedures.find(mainName) ?? (isFunction(plain) ? plainProcedure(mainName, plain) : undefined);
}

/** The one procedure of a file that names none `main`. Throws ProcedureFailure that says what is missing. */
function onlyProcedure({ procedures }: RunContext): ProcedureDefinition {
  const only = procedures.only();
  if (only) return only;
  const names = procedures.names();
  throw new ProcedureFailure(
    "procedure-missing",
    names.length === 0
      ? "There is nothing to run: the file declares no procedure. Add Procedure { function(input) … end }."
      : `The file declares several procedures (${names.join(", ")}) and none is named 'main'; name the one to run 'main'.`,
  );
}

/** What is wrong with a procedure's input or result is shown where its function begins. */
export function placedAt<Result>(procedure: ProcedureDefinition, work: () => Result): Result {
  try {
    return work();
  } catch (thrown) {
    const defined = procedure.body.definition();
    if (!(thrown instanceof ProcedureFailure) || thrown.at || !defined) throw thrown;
    throw new ProcedureFailure(thrown.code, thrown.message, { file: defined.chunk, line: defined.line });
  }
}

/** `input {…}` and `output {…}` at the top level count where the procedure declares none. */
export function withTopLevelSchemas(
  procedure: ProcedureDefinition,
  { declarations }: RunContext,
): ProcedureDefinition {
  const declaresInput = Object.keys(procedure.input).length > 0;
  return {
    ...procedure,
    input: declaresInput ? procedure.input : (declarations.input ?? {}),
    output: procedure.output ?? declarations.output,
  };
}

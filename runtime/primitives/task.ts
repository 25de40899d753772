import type { LuaFunction, LuaTable, LuaValue } from "#lua/engine.ts";
import type { RunContext } from "../declarations/run-context.ts";
import type { DeclaredTask } from "../tasks/task-registry.ts";
import { type Arguments, isFunction, isTable } from "../vm/arguments.ts";
import { ProcedureFailure } from "../vm/procedure-failure.ts";

/** `Task {…}`, `Task "name" {…}`, `Task("name", {…})`. */
export function taskDeclaration(context: RunContext): LuaFunction {
  return context.vm.function("Task", (args) => {
    const first = args.value(1);
    if (isTable(first)) return declareTask(context, first, args);
    const name = args.text(1);
    const config = args.value(2);
    if (isTable(config)) return declareTask(context, config, args, name);
    return context.vm.function(`Task "${name}"`, (curried) =>
      declareTask(context, curried.table(1), curried, name),
    );
  });
}

/** `TaskFunction(fn)`: its calls with a table give functions that run later. */
export function taskFunctionDeclaration({ vm }: RunContext): LuaFunction {
  return vm.function("TaskFunction", (args) => {
    const action = args.function(1).retain();
    return vm.function("TaskFunction", (call) => {
      const given = call.value(1);
      if (isTable(given)) given.retain();
      return vm.function("TaskFunction", () => action.callExact(given));
    });
  });
}

function declareTask(context: RunContext, config: LuaTable, args: Arguments, name?: string): LuaTable {
  const { handles, tasks } = context;
  const label = name === undefined ? "Task" : `Task '${name}'`;
  const entry = config.get("entry");
  if (entry !== undefined && !isFunction(entry)) throw invalid(`${label}: entry must be a function.`);
  const handle = handles.create({ kind: "task", name, at: args.at });
  const task: DeclaredTask = {
    handle,
    entry: entry?.retain(),
    dependsOn: namesOf(context, config.get("depends_on"), label),
    parent: undefined,
  };
  tasks.add(task);
  for (const [key, value] of config.entries()) {
    const child = childOf(context, value);
    if (child) adopt(task, child, key);
    if (typeof key === "string") handle.setMember(key, value);
  }
  return handle.table;
}

function childOf({ handles, tasks }: RunContext, value: LuaValue): DeclaredTask | undefined {
  const handle = handles.of(value);
  return handle?.kind === "task" ? tasks.of(handle) : undefined;
}

/** A task in a field is named by the field, unless it has a name; one without a field needs its own. */
function adopt(parent: DeclaredTask, child: DeclaredTask, key: LuaValue): void {
  if (child.handle.temporary) {
    if (typeof key !== "string") throw invalid('A task inside of another needs a name: Task "name" {…}.');
    child.handle.rename(key);
  }
  child.parent = parent;
}

/** `depends_on`: one task or several, by name or handle. */
function namesOf({ handles }: RunContext, value: LuaValue, label: string): readonly string[] {
  if (value === undefined) return [];
  const handle = handles.of(value);
  const given = isTable(value) && !handle ? value.entries().map(([, item]) => item) : [value];
  return given.map((item) => {
    const name = typeof item === "string" ? item : handles.of(item)?.name;
    if (name === undefined) throw invalid(`${label}: depends_on takes names of tasks.`);
    return name;
  });
}

function invalid(message: string): ProcedureFailure {
  return new ProcedureFailure("declaration-invalid", message);
}

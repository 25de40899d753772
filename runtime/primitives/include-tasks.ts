import type { LuaFunction } from "#lua/engine.ts";
import type { At } from "#protocol/events/events.ts";
import type { RunContext } from "../declarations/run-context.ts";
import { RequestRefused } from "../ports.ts";
import type { DeclaredTask } from "../tasks/task-registry.ts";
import { type Arguments, isTable } from "../vm/arguments.ts";
import type { HandleKind } from "../vm/handles.ts";
import { ProcedureFailure } from "../vm/procedure-failure.ts";
import { insidePath } from "../workspace/inside-path.ts";

/** What an included file may make: tasks, and what stands in their entries without being registered. */
const allowedKinds: ReadonlySet<HandleKind> = new Set(["task", "filter"]);

interface Inclusion {
  readonly path: string;
  readonly namespace: string | undefined;
  readonly at: At | undefined;
}

/** `IncludeTasks("path")`, `IncludeTasks("path", "namespace")`, `IncludeTasks {path = …, namespace = …}`. */
export function includeTasksDeclaration(context: RunContext): LuaFunction {
  const including: string[] = [];
  return context.vm.function("IncludeTasks", (args) => {
    const inclusion = readInclusion(args);
    const from = inclusion.at?.file ?? "";
    const file = besideFile(from, inclusion.path);
    if (including.includes(file)) {
      throw invalid(`IncludeTasks cycle detected: ${[...including, file].join(" → ")}.`);
    }
    including.push(file);
    try {
      include(context, file, inclusion);
    } finally {
      including.pop();
    }
    return undefined;
  });
}

function readInclusion(args: Arguments): Inclusion {
  const first = args.value(1);
  const path = isTable(first) ? first.get("path") : args.text(1);
  const namespace = isTable(first) ? first.get("namespace") : args.optionalText(2);
  if (typeof path !== "string") throw invalid('IncludeTasks needs a path: IncludeTasks("tasks.tac").');
  if (namespace !== undefined && typeof namespace !== "string") {
    throw invalid("IncludeTasks: the namespace is a text.");
  }
  return { path, namespace, at: args.at };
}

function include(context: RunContext, file: string, { path, namespace, at }: Inclusion): void {
  const { declarations, handles, recorder, tasks, vm } = context;
  const source = sourceOf(context, file, { path, from: at?.file ?? "" });
  declarations.nameAssigned();
  const handlesBefore = handles.all.length;
  const tasksBefore = tasks.all.length;
  declarations.loaded(file);
  const chunk = vm.engine.load(source, file);
  recorder.observer?.fileLoaded(file, chunk);
  chunk.call();
  declarations.nameAssigned();
  const stranger = handles.all.slice(handlesBefore).find(({ kind }) => !allowedKinds.has(kind));
  if (stranger) {
    throw new ProcedureFailure(
      "declaration-invalid",
      `IncludeTasks files must only contain Task declarations: ${file} declares a ${stranger.kind}.`,
      stranger.at,
    );
  }
  if (namespace !== undefined) gather(context, { namespace, at, tasks: tasks.all.slice(tasksBefore) });
}

/** Makes the new tasks children of a task of that name. */
function gather(
  { handles, tasks }: RunContext,
  group: { readonly namespace: string; readonly at: At | undefined; readonly tasks: readonly DeclaredTask[] },
): void {
  if (tasks.topLevel.some(({ handle }) => handle.name === group.namespace)) {
    throw invalid(`Duplicate task namespace '${group.namespace}'.`);
  }
  const handle = handles.create({ kind: "task", name: group.namespace, at: group.at });
  const parent: DeclaredTask = { handle, entry: undefined, dependsOn: [], parent: undefined };
  tasks.add(parent);
  for (const task of group.tasks) task.parent ??= parent;
}

function sourceOf(
  { ports, programs }: RunContext,
  file: string,
  { path, from }: { readonly path: string; readonly from: string },
): string {
  const known = programs.included(path, from);
  if (known !== undefined) return known;
  try {
    return ports.request("file.read", { path: file }).text;
  } catch (thrown) {
    if (!(thrown instanceof RequestRefused) || thrown.code !== "file-not-found") throw thrown;
    throw new ProcedureFailure("file-not-found", `Included tasks file not found: ${file}.`);
  }
}

/** The path as seen from the workspace, of one that is seen from a file. */
function besideFile(from: string, path: string): string {
  const end = from.lastIndexOf("/");
  const isAbsolute = /^([/\\]|[A-Za-z]:)/.test(path);
  return insidePath(isAbsolute || end === -1 ? path : `${from.slice(0, end)}/${path}`);
}

function invalid(message: string): ProcedureFailure {
  return new ProcedureFailure("declaration-invalid", message);
}

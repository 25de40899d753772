import type { LuaTable, LuaValue } from "#lua/engine.ts";
import type { RunContext } from "../declarations/run-context.ts";
import type { OfferedTool } from "../tools/offered-tool.ts";
import { readToolset, type ToolsetMembers } from "../tools/read-toolset.ts";
import { type Arguments, isTable } from "../vm/arguments.ts";
import { ProcedureFailure } from "../vm/procedure-failure.ts";
import type { Primitive } from "../vm/vm.ts";

/** `Toolset "name" {…}`, `Toolset("name", {…})` and `name = Toolset {…}`. */
export function toolsetDeclaration(context: RunContext): LuaTable {
  return callable(context, (args) => {
    const first = args.value(1);
    if (isTable(first)) return define(context, first, undefined, args);
    const name = args.text(1);
    const config = args.value(2);
    if (isTable(config)) return define(context, config, name, args);
    return context.vm.function("Toolset", (curried) => define(context, curried.table(1), name, curried));
  });
}

/** `Toolset` in the workflow: `get`, `define`, `combine`, `filter`. */
export function toolsetLookup(context: RunContext): LuaTable {
  return callable(context, () => {
    throw new ProcedureFailure(
      "declaration-invalid",
      "Toolset declares a toolset; declare it at the top of the file, or use Toolset.define(name, {…}) here.",
    );
  });
}

function callable(context: RunContext, call: Primitive): LuaTable {
  const { vm } = context;
  const table = vm.library("Toolset", {
    get: (args) => existing(context, args),
    define: (args) => define(context, args.table(2), args.text(1), args),
    combine: (args) => combine(context, args),
    filter: (args) => filter(context, args),
  });
  table.setMetatable(vm.table({ __call: vm.function("Toolset", call, table), __metatable: "Toolset" }));
  return table;
}

function define(context: RunContext, config: LuaTable, name: string | undefined, args: Arguments): LuaTable {
  const { handles, tools } = context;
  const handle = handles.create({ kind: "toolset", name, at: args.at });
  const members = readToolset(config, { context, name: () => handle.name });
  tools.addToolset({ name: () => handle.name, members });
  return handle.table;
}

function combine(context: RunContext, args: Arguments): LuaTable {
  const names = Array.from({ length: args.count }, (_, index) => nameOf(context, args.value(index + 1)));
  return register(context, args, () => names.flatMap((name) => context.tools.find(name) ?? []));
}

function filter(context: RunContext, args: Arguments): LuaTable {
  const source = nameOf(context, args.value(1));
  const keep = args.function(2).retain();
  const passes = (tool: OfferedTool): boolean => {
    const [kept] = keep.call(tool.name);
    return kept !== undefined && kept !== false;
  };
  return register(context, args, () => context.tools.find(source)?.filter(passes));
}

function register(context: RunContext, args: Arguments, members: ToolsetMembers): LuaTable {
  const handle = context.handles.create({ kind: "toolset", at: args.at });
  context.tools.addToolset({ name: () => handle.name, members });
  return handle.table;
}

function existing(context: RunContext, args: Arguments): LuaTable {
  const { handles, tools } = context;
  const name = nameOf(context, args.value(1));
  const handle = handles.find("toolset", name) ?? handles.find("tool", name);
  if (handle) return handle.table;
  if (tools.find(name)) return register(context, args, () => tools.find(name));
  throw new ProcedureFailure("declaration-invalid", `Toolset '${name}' not found; it is not declared here.`);
}

/** The name in a text or a handle. */
function nameOf({ handles }: RunContext, given: LuaValue): string {
  const name = typeof given === "string" ? given : handles.of(given)?.name;
  if (name !== undefined) return name;
  throw new ProcedureFailure("declaration-invalid", "Toolset: expected the name or the handle of a toolset.");
}

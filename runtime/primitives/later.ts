import type { LuaFunction, LuaTable } from "#lua/engine.ts";
import type { RunContext } from "../declarations/run-context.ts";
import { type Arguments, isTable } from "../vm/arguments.ts";
import type { HandleKind } from "../vm/handles.ts";
import { ProcedureFailure } from "../vm/procedure-failure.ts";

/** What may be declared, by global name, but not used in this version. */
const handleKinds: Readonly<Record<string, HandleKind>> = {
  Module: "module",
  Signature: "module",
  DSPyAgent: "agent",
  LM: "module",
};

/** What does something at once, so that even a declaration can't be let through. */
const unavailableFunctions = ["ClassifyProcedure", "History", "Message"] as const;

/** Globals for what later versions bring: declaring is allowed, using says what is missing and where. */
export function laterDeclarations(context: RunContext): Readonly<Record<string, LuaFunction | LuaTable>> {
  const { vm } = context;
  const declaring = Object.entries(handleKinds).map(
    ([global, kind]) =>
      [global, vm.function(global, (args) => declare(context, global, kind, args))] as const,
  );
  const refusing = unavailableFunctions.map((name) => [name, vm.function(name, () => refuse(name))] as const);
  return {
    ...Object.fromEntries([...declaring, ...refusing]),
    get_current_lm: vm.function("get_current_lm", () => undefined),
  };
}

/** `X {…}`, `X "name" {…}`, `X("name", {…})`. */
function declare(
  context: RunContext,
  global: string,
  kind: HandleKind,
  args: Arguments,
): LuaTable | LuaFunction {
  const first = args.value(1);
  if (isTable(first)) return create(context, global, kind, { config: first, args });
  const name = args.text(1);
  const existing = context.handles.find(kind, name);
  if (existing) return existing.table;
  const config = args.value(2);
  if (isTable(config)) return create(context, global, kind, { config, args, name });
  return context.vm.function(global, (curried) =>
    create(context, global, kind, { config: curried.table(1), args: curried, name }),
  );
}

function create(
  { handles }: RunContext,
  global: string,
  kind: HandleKind,
  options: { readonly config: LuaTable; readonly args: Arguments; readonly name?: string },
): LuaTable {
  const given = options.config.get("name");
  const name = options.name ?? (typeof given === "string" ? given : undefined);
  const handle = handles.create({
    kind,
    name,
    at: options.args.at,
    call: () => refuse(`${global} '${handle.name}'`),
    missing: () => refuse(`${global} '${handle.name}'`),
  });
  return handle.table;
}

function refuse(what: string): never {
  throw new ProcedureFailure("declaration-invalid", `${what} can't be used in this version yet.`);
}

import type { LuaTable, LuaValue } from "#lua/engine.ts";
import type { RunContext } from "../declarations/run-context.ts";
import { isTable } from "../vm/arguments.ts";

/** A module of the standard library: makes the value that `require` gives. */
export type LibraryModule = (context: RunContext) => LuaTable;

/** What a module in Lua gets from its host, as the argument of its chunk: `local native = ...`. */
export type NativePart = (context: RunContext) => Readonly<Record<string, LuaValue>>;

/**
 * A module that is written in Lua, because its users extend it in Lua. `name` is its place in the library
 * (`text/classify/llm`); its lines are skipped when an event says where a procedure made a call.
 */
export function luaModule(name: string, source: string, native: NativePart = () => ({})): LibraryModule {
  return (context) => {
    const { engine } = context.vm;
    const [value] = engine.load(source, `=tactus/${name}`).call(context.vm.table(native(context)));
    if (!isTable(value)) throw new Error(`The library module ${name} gives no table.`);
    return value.retain();
  };
}

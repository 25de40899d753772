import type { LuaTable, LuaValue } from "#lua/engine.ts";
import type { RunContext } from "../declarations/run-context.ts";
import type { Primitive } from "../vm/vm.ts";
import { declareTool } from "./tool.ts";

const prefix = "mcp";

/** `mcp.<server>`: all tools of a server; `mcp.<server>.<tool>`: one of them, named as the server names it. */
export function mcpPrimitive(context: RunContext): LuaTable {
  const { handles, tools, vm } = context;
  const servers = new Map<string, LuaTable>();
  const server: Primitive = (args): LuaValue => {
    const source = `${prefix}.${args.text(2)}`;
    const known = servers.get(source);
    if (known) return known;
    const handle = handles.create({
      kind: "toolset",
      name: source,
      at: args.at,
      missing: (member) =>
        declareTool(
          context,
          {
            name: undefined,
            provisionalName: member.text(2),
            description: "",
            input: {},
            body: { kind: "external", source: `${source}.${member.text(2)}` },
          },
          member,
        ),
    });
    tools.addToolset({ name: () => handle.name, members: () => tools.fromSource(source, source) });
    servers.set(source, handle.table);
    return handle.table;
  };
  const table = vm.engine.createTable().retain();
  table.setMetatable(vm.table({ __index: vm.function(prefix, server), __metatable: prefix }));
  return table;
}

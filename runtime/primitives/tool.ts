import { type LuaTable, type LuaValue, luaJson } from "#lua/engine.ts";
import type { RunContext } from "../declarations/run-context.ts";
import type { RecordedToolCall, ToolCallLog } from "../recording/tool-call-log.ts";
import type { DeclaredTool } from "../tools/declared-tool.ts";
import { readTool } from "../tools/read-tool.ts";
import { withSource } from "../tools/tool-source.ts";
import { type Arguments, isTable } from "../vm/arguments.ts";
import { ProcedureFailure } from "../vm/procedure-failure.ts";
import type { Primitive } from "../vm/vm.ts";

type ToolParts = Omit<DeclaredTool, "name"> & {
  readonly name: string | undefined;
  /** See `HandleOptions`. */
  readonly provisionalName?: string;
};

/** `Tool {…}` while a file is declared. The functions of `Tool` answer then too. */
export function toolDeclaration(context: RunContext): LuaTable {
  const { decoder } = context;
  return callable(context, "Tool", (args) => {
    const config = args.value(1);
    if (isTable(config)) return declareTool(context, withSource(readTool(config, decoder), context), args);
    throw new ProcedureFailure(
      "declaration-invalid",
      typeof config === "string"
        ? `Curried Tool syntax is not supported: write ${config} = Tool {…}.`
        : "Tool requires a configuration table: Tool {…}.",
    );
  });
}

/** `Tool` in the workflow: looks up, never declares. */
export function toolLookup(context: RunContext): LuaTable {
  const { handles, tools } = context;
  return callable(context, "Tool", (args) => {
    if (isTable(args.value(1))) {
      throw new ProcedureFailure(
        "declaration-invalid",
        "Tool {…} declares a tool; declare tools at the top of the file, before the procedure's code.",
      );
    }
    const name = args.text(1);
    const tool = handles.find("tool", name);
    if (tool) return tool.table;
    throw new ProcedureFailure(
      "declaration-invalid",
      `Tool '${name}' not defined. Available tools: ${tools.toolNames().join(", ") || "none"}.`,
    );
  });
}

/** Registers a tool and gives its handle. */
export function declareTool(context: RunContext, tool: ToolParts, args?: Arguments): LuaTable {
  const { handles, recorder, toolRunner, tools } = context;
  const handle = handles.create({
    kind: "tool",
    name: tool.name,
    provisionalName: tool.provisionalName,
    at: args?.at,
    call: (callArgs) => toolRunner.call(declared, callArgs.optionalTable(1), callArgs.at),
    methods: {
      call: (callArgs) => toolRunner.call(declared, callArgs.optionalTable(1), callArgs.at),
      called: () => recorder.toolCalls.last(handle.name) !== undefined,
      last_call: () => callValue(recorder.toolCalls.last(handle.name)),
      last_result: () => resultValue(recorder.toolCalls.last(handle.name)),
      call_count: () => recorder.toolCalls.calls(handle.name).length,
      reset: () => reset(recorder.toolCalls, handle.name),
    },
  });
  const declared: DeclaredTool = { ...tool, name: () => handle.name };
  tools.add(declared);
  return handle.table;
}

function callable(context: RunContext, name: string, call: Primitive): LuaTable {
  const { recorder, vm } = context;
  const calls = recorder.toolCalls;
  const table = vm.library(name, {
    get: (args) => registeredTool(context, args.text(1), args),
    called: (args) => calls.last(args.text(1)) !== undefined,
    last_call: (args) => callValue(calls.last(args.text(1))),
    last_result: (args) => resultValue(calls.last(args.text(1))),
    get_call_count: (args) => calls.calls(args.optionalText(1)).length,
    get_all_calls: () => luaJson(`[${calls.calls().map(callText).join(",")}]`),
    reset: (args) => reset(calls, args.optionalText(1)),
  });
  table.setMetatable(vm.table({ __call: vm.function(name, call, table), __metatable: name }));
  return table;
}

/** A declared tool, or one of a server or plugin, by its name or its source. */
function registeredTool(context: RunContext, name: string, args: Arguments): LuaValue {
  const handle = context.handles.find("tool", name);
  if (handle) return handle.table;
  const source = context.external.sourceOf(name);
  if (source !== undefined) {
    const body = { kind: "external", source } as const;
    return declareTool(context, { name, description: "", input: {}, body }, args);
  }
  const absence = context.external.absence();
  if (absence) throw absence;
  throw new ProcedureFailure(
    "declaration-invalid",
    `Tool '${name}' not found. Make sure it is declared in this file, in a module that it requires, or by a configured MCP server or plugin.`,
  );
}

function reset(calls: ToolCallLog, name: string | undefined): undefined {
  calls.reset(name);
}

function callValue(call: RecordedToolCall | undefined): LuaValue {
  return call && luaJson(callText(call));
}

function resultValue(call: RecordedToolCall | undefined): LuaValue {
  return call && luaJson(call.resultText);
}

function callText(call: RecordedToolCall): string {
  return `{"name":${JSON.stringify(call.tool)},"args":${call.argumentsText},"result":${call.resultText}}`;
}

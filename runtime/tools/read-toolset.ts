import type { LuaTable, LuaValue } from "#lua/engine.ts";
import type { RuntimePorts } from "../ports.ts";
import { isDecodedTable } from "../schema/decoded.ts";
import { TableReader } from "../schema/table-reader.ts";
import { isTable } from "../vm/arguments.ts";
import type { Decoder } from "../vm/decode.ts";
import type { Handles } from "../vm/handles.ts";
import { ProcedureFailure } from "../vm/procedure-failure.ts";
import type { Vm } from "../vm/vm.ts";
import type { DeclaredTool } from "./declared-tool.ts";
import type { OfferedTool } from "./offered-tool.ts";
import { readTool } from "./read-tool.ts";
import { readSelection, selectTools } from "./select-tools.ts";
import type { ToolRegistry } from "./tool-registry.ts";
import type { ToolRunner } from "./tool-runner.ts";
import { isToolFile, refuseProgram, toolsOfFile, withSource } from "./tool-source.ts";

/** Finds the tools of a toolset when they are asked for; undefined when there is none. */
export type ToolsetMembers = () => readonly OfferedTool[] | undefined;

export interface ToolsetReading {
  readonly context: {
    readonly vm: Vm;
    readonly decoder: Decoder;
    readonly handles: Handles;
    readonly ports: Pick<RuntimePorts, "emit">;
    readonly tools: ToolRegistry;
    readonly toolRunner: ToolRunner;
    readonly mock: boolean;
    readonly declarations: { readonly nameAssigned: () => void };
  };
  /** Read late: assignment to a global gives the name. */
  readonly name: () => string;
}

/** Reads the table of a toolset. Throws ProcedureFailure `declaration-invalid`. */
export function readToolset(config: LuaTable, reading: ToolsetReading): ToolsetMembers {
  const type = config.get("type");
  if (type === "combined") return group(names(config.get("sources"), reading), reading);
  if (type === "filtered") return filtered(config, reading);
  const use = config.get("use");
  if (typeof use === "string" && isToolFile(use)) return selected(config, fileTools(use, reading), reading);
  const sources = externalSources(config);
  for (const source of sources) refuseProgram(source, `Toolset '${reading.name()}'`, reading.context);
  if (sources.length > 0) return selected(config, external(sources, reading), reading);
  const tools = config.get("tools");
  if (!isTable(tools)) {
    throw invalid(`Toolset '${reading.name()}' has neither 'type', 'tools', nor 'use'.`);
  }
  const items = tools.entries().map(([, item]) => item);
  const inline = items.filter((item) => isTable(item) && !reading.context.handles.of(item));
  if (inline.length === 0) return group(names(tools, reading), reading);
  return inlineTools(inline.filter(isTable), type !== "lua", reading);
}

/** Names and handles of tools and toolsets; unknown ones are warned about. */
function group(members: readonly string[], { context, name }: ToolsetReading): ToolsetMembers {
  return () => {
    const found = members.flatMap((member) => {
      const tools = context.tools.find(member);
      if (!tools) warn(context.ports, `Toolset '${name()}': there is no tool or toolset '${member}'.`);
      return tools ?? [];
    });
    return found.length > 0 ? found : undefined;
  };
}

/** Tools written in the toolset itself; the model sees `<toolset>_<name>` unless the type is `lua`. */
function inlineTools(
  items: readonly LuaTable[],
  prefixed: boolean,
  { context, name }: ToolsetReading,
): ToolsetMembers {
  const tools = items.map((item) => {
    const tool = withSource(readTool(item, context.decoder), context);
    const plainName = tool.name;
    if (plainName === undefined) throw invalid(`Toolset '${name()}': each tool needs a 'name'.`);
    return { ...tool, name: () => plainName };
  });
  return () =>
    tools.map((tool) =>
      prefixed ? prefixedTool(context, tool, `${name()}_${tool.name()}`) : context.toolRunner.offer(tool),
    );
}

/** Procedures look such a tool up under the name that the model sees. */
function prefixedTool(
  context: ToolsetReading["context"],
  tool: DeclaredTool,
  offeredName: string,
): OfferedTool {
  return { ...context.toolRunner.offer(tool, offeredName), recordedName: offeredName };
}

/** Tools of another toolset whose names match a regular expression from their start. */
function filtered(config: LuaTable, { context, name }: ToolsetReading): ToolsetMembers {
  const pattern = config.get("pattern") ?? config.get("filter");
  const [source] = names(config.get("source"), { context, name });
  if (typeof pattern !== "string" || source === undefined) {
    throw invalid(`Toolset '${name()}' of type 'filtered' needs 'source' and 'pattern'.`);
  }
  const expression = compiled(pattern, name());
  return () => context.tools.find(source)?.filter((tool) => expression.test(tool.name));
}

function compiled(pattern: string, toolset: string): RegExp {
  try {
    return new RegExp(`^(?:${pattern})`, "u");
  } catch {
    // The reason that the engine gives speaks of JavaScript; the pattern itself says enough.
    throw invalid(`Toolset '${toolset}': the pattern '${pattern}' is not a regular expression.`);
  }
}

/** What `use`, or `type` with its own fields, names outside the VM. */
function externalSources(config: LuaTable): readonly string[] {
  const use = config.get("use");
  if (typeof use === "string") return [use];
  const type = config.get("type");
  const server = config.get("server");
  if (type === "mcp" && typeof server === "string") return [`mcp.${server}`];
  if (type !== "plugin") return [];
  // A path is a source too: `plugin../tools/math.py`.
  const named = [config.get("modules"), config.get("paths")].flatMap((list) =>
    isTable(list) ? list.entries().map(([, name]) => `plugin.${String(name)}`) : [],
  );
  return named.length > 0 ? named : ["plugin"];
}

/** The tools of another file, as agents are offered them. */
function fileTools(path: string, { context, name }: ToolsetReading): ToolsetMembers {
  const declared = toolsOfFile(path, `Toolset '${name()}'`, context);
  return () => declared.flatMap((tool) => context.toolRunner.offers(tool));
}

function external(sources: readonly string[], { context, name }: ToolsetReading): ToolsetMembers {
  return () => sources.flatMap((source) => context.tools.fromSource(source, `Toolset '${name()}'`));
}

/** `include`, `exclude`, `prefix` and `rename` beside `use`, as in the `tools` of an agent. */
function selected(
  config: LuaTable,
  members: ToolsetMembers,
  { context, name }: ToolsetReading,
): ToolsetMembers {
  const owner = `Toolset '${name()}'`;
  const table = context.decoder.decode(config, owner);
  const reader = new TableReader(isDecodedTable(table) ? table : {}, owner);
  const selection = readSelection(reader);
  if (reader.failures.length > 0) throw invalid(reader.failures.join("\n"));
  return () => {
    const found = members();
    return found && selectTools(found, selection);
  };
}

function names(value: LuaValue, { context, name }: ToolsetReading): readonly string[] {
  const items =
    isTable(value) && !context.handles.of(value) ? value.entries().map(([, item]) => item) : [value];
  return items.map((item) => {
    const found = typeof item === "string" ? item : context.handles.of(item)?.name;
    if (found === undefined) throw invalid(`Toolset '${name()}' lists something that is no tool or toolset.`);
    return found;
  });
}

function warn(ports: Pick<RuntimePorts, "emit">, message: string): void {
  ports.emit({ type: "log", level: "warn", message });
}

function invalid(message: string): ProcedureFailure {
  return new ProcedureFailure("declaration-invalid", message);
}

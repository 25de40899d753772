import { isFunction } from "../vm/arguments.ts";
import { ProcedureFailure } from "../vm/procedure-failure.ts";
import type { Vm } from "../vm/vm.ts";
import type { DeclaredTool } from "./declared-tool.ts";
import type { ToolReading } from "./read-tool.ts";
import type { ToolRegistry } from "./tool-registry.ts";

export interface ToolSourceSurroundings {
  readonly vm: Vm;
  readonly tools: ToolRegistry;
  readonly declarations: { readonly nameAssigned: () => void };
  /** Sources that a real run refuses can be declared, so that their tools can be mocked. */
  readonly mock: boolean;
}

const programPrefix = "cli.";

/** Whether what stands behind `use =` is another file, and no server, plugin or tool of the host. */
export function isToolFile(source: string): boolean {
  return source.endsWith(".tac");
}

/**
 * A tool as read, with what its `use` names as far as that is known when it is declared: the one tool of another file.
 * What the declaration says itself counts. Throws ProcedureFailure `declaration-invalid`.
 */
export function withSource(tool: ToolReading, surroundings: ToolSourceSurroundings): ToolReading {
  if (tool.body.kind !== "external") return tool;
  const { source } = tool.body;
  const owner = tool.name === undefined ? "Tool" : `Tool '${tool.name}'`;
  refuseProgram(source, owner, surroundings);
  if (!isToolFile(source)) return tool;
  const taken = onlyTool(toolsOfFile(source, owner, surroundings), source, owner);
  return {
    name: tool.name,
    description: tool.description || taken.description,
    input: Object.keys(tool.input).length > 0 ? tool.input : taken.input,
    body: taken.body,
  };
}

/** The tools that another file declares; it is executed at once, as `require` does it. */
export function toolsOfFile(
  path: string,
  owner: string,
  { declarations, tools, vm }: Omit<ToolSourceSurroundings, "mock">,
): readonly DeclaredTool[] {
  const load = vm.engine.globals.get("require");
  const [, file] = isFunction(load) ? load.call(path.replace(/^\.\//, "")) : [];
  declarations.nameAssigned();
  const declared = typeof file === "string" ? tools.declaredIn(file) : [];
  if (declared.length > 0) return declared;
  throw invalid(`${owner}: the file ${path} declares no tools of its own.`);
}

/** A procedure never starts a program: that is for the host to allow, by name. */
export function refuseProgram(
  source: string,
  owner: string,
  { mock }: Pick<ToolSourceSurroundings, "mock">,
): void {
  if (mock || !source.startsWith(programPrefix)) return;
  const program = source.slice(programPrefix.length);
  throw invalid(
    `${owner}: use = "${source}" would start the program '${program}', which a procedure never does here. Declare a host tool with a command in your own config (host_tools), allow it there, and write use = "broker.<its name>".`,
  );
}

function onlyTool(declared: readonly DeclaredTool[], path: string, owner: string): DeclaredTool {
  const byName = new Map(declared.map((tool) => [tool.name(), tool]));
  const [only, ...others] = byName.values();
  if (only && others.length === 0) return only;
  const names = [...byName.keys()].join(", ");
  throw invalid(
    `${owner}: the file ${path} declares several tools (${names}), and a Tool is one of them: take all with Toolset "<name>" { use = "${path}" }, some with its include = {…}, or give each a file of its own.`,
  );
}

function invalid(message: string): ProcedureFailure {
  return new ProcedureFailure("declaration-invalid", message);
}

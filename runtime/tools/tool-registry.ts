import type { DeclaredTool } from "./declared-tool.ts";
import type { ExternalFinding, ExternalTools } from "./external-tools.ts";
import { type OfferedTool, ToolFailure, type ToolSource } from "./offered-tool.ts";
import type { ToolRunner } from "./tool-runner.ts";

/** A named group of tools; its members are found when they are asked for, since they may be declared later. */
export interface DeclaredToolset {
  readonly name: () => string;
  /** Undefined: none of its members exists. */
  readonly members: () => readonly OfferedTool[] | undefined;
}

export interface ToolRegistryOptions {
  readonly runner: ToolRunner;
  readonly external: ExternalTools;
  readonly mock: boolean;
  /** Toolsets of agents that name no tools, from the config; undefined: everything there is. */
  readonly defaults?: readonly string[] | undefined;
  readonly warn: (message: string) => void;
}

/** Every tool and toolset of a run. Of two with one name the later counts. */
export class ToolRegistry implements ToolSource {
  readonly #runner: ToolRunner;
  readonly #external: ExternalTools;
  readonly #mock: boolean;
  readonly #defaults: readonly string[] | undefined;
  readonly #warn: (message: string) => void;
  readonly #tools: DeclaredTool[] = [];
  readonly #toolsets: DeclaredToolset[] = [];
  readonly #ofFiles = new Map<string, readonly DeclaredTool[]>();
  #revision = 0;

  constructor(options: ToolRegistryOptions) {
    this.#runner = options.runner;
    this.#external = options.external;
    this.#mock = options.mock;
    this.#defaults = options.defaults;
    this.#warn = options.warn;
  }

  add(tool: DeclaredTool): void {
    this.#tools.push(tool);
  }

  addToolset(toolset: DeclaredToolset): void {
    this.#toolsets.push(toolset);
  }

  tool(name: string): DeclaredTool | undefined {
    return this.#tools.findLast((tool) => tool.name() === name);
  }

  toolset(name: string): DeclaredToolset | undefined {
    return this.#toolsets.findLast((toolset) => toolset.name() === name);
  }

  /** Executes a file, and remembers the tools that are declared meanwhile as those of the file. */
  whileExecuting<Value>(file: string, execute: () => Value): Value {
    const before = this.#tools.length;
    const value = execute();
    this.#ofFiles.set(file, this.#tools.slice(before));
    return value;
  }

  /** The tools of a file that was executed, however long ago. */
  declaredIn(file: string): readonly DeclaredTool[] {
    return this.#ofFiles.get(file) ?? [];
  }

  toolNames(): readonly string[] {
    return unique(this.#tools.map((tool) => tool.name()));
  }

  find(name: string): readonly OfferedTool[] | undefined {
    const tool = this.tool(name);
    if (tool) return this.#runner.offers(tool);
    return this.toolset(name)?.members() ?? this.#externalTools(name);
  }

  /** The tools of a source (`mcp.files`); without it in a mocked run none, so that its tools can be mocked. */
  fromSource(source: string, owner: string): readonly OfferedTool[] {
    const found = this.#external.find(source);
    if (!found && !this.#mock) throw this.#external.missing(owner, source);
    return found ? toolsOf(found) : [];
  }

  defaults(): readonly OfferedTool[] {
    if (this.#defaults) return this.#defaults.flatMap((name) => this.find(name) ?? []);
    return this.names().flatMap((name) => this.#findIfThere(name));
  }

  /** Nobody asked for it by name: a server that can't be had is left out, with a warning. */
  #findIfThere(name: string): readonly OfferedTool[] {
    try {
      return this.find(name) ?? [];
    } catch (thrown) {
      if (!(thrown instanceof ToolFailure)) throw thrown;
      this.#warn(`The tools of '${name}' are left out: ${thrown.message}`);
      return [];
    }
  }

  revision(): number {
    if (this.#external.refresh()) this.#revision++;
    return this.#revision;
  }

  names(): readonly string[] {
    const external = this.#external.groups().map(({ name }) => name);
    return unique([...this.toolNames(), ...this.#toolsets.map((toolset) => toolset.name()), ...external]);
  }

  /** A group by its own name (`files`), or anything by its source (`mcp.files`). */
  #externalTools(name: string): readonly OfferedTool[] | undefined {
    const group = this.#external.groups().find((candidate) => candidate.name === name);
    const found = this.#external.find(group?.source ?? name);
    return found && toolsOf(found);
  }
}

function toolsOf(found: ExternalFinding): readonly OfferedTool[] {
  return found.kind === "tool" ? [found.tool] : found.tools;
}

function unique(names: readonly string[]): readonly string[] {
  return [...new Set(names)];
}

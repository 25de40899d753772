import type { DeclaredTool } from "./declared-tool.ts";
import type { OfferedTool, ToolSource } from "./offered-tool.ts";
import type { ToolRunner } from "./tool-runner.ts";

/** A named group of tools; its members are found when they are asked for, since they may be declared later. */
export interface DeclaredToolset {
  readonly name: () => string;
  /** Undefined: none of its members exists. */
  readonly members: () => readonly OfferedTool[] | undefined;
}

/** Every tool and toolset of a run. Of two with one name the later counts. */
export class ToolRegistry implements ToolSource {
  readonly #runner: ToolRunner;
  readonly #tools: DeclaredTool[] = [];
  readonly #toolsets: DeclaredToolset[] = [];

  constructor(runner: ToolRunner) {
    this.#runner = runner;
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

  toolNames(): readonly string[] {
    return unique(this.#tools.map((tool) => tool.name()));
  }

  find(name: string): readonly OfferedTool[] | undefined {
    const tool = this.tool(name);
    if (tool) return [this.#runner.offer(tool)];
    return this.toolset(name)?.members();
  }

  defaults(): readonly OfferedTool[] {
    return this.names().flatMap((name) => this.find(name) ?? []);
  }

  names(): readonly string[] {
    return unique([...this.toolNames(), ...this.#toolsets.map((toolset) => toolset.name())]);
  }
}

function unique(names: readonly string[]): readonly string[] {
  return [...new Set(names)];
}

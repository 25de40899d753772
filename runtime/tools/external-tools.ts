import type { ToolZone } from "#protocol/events/events.ts";
import { type OfferedTool, ToolFailure } from "./offered-tool.ts";

/** What a source such as `mcp.files` or `mcp.files.read_file` names. */
export type ExternalFinding =
  | { readonly kind: "tool"; readonly tool: OfferedTool }
  | { readonly kind: "group"; readonly tools: readonly OfferedTool[] };

/**
 * One kind of tools from outside the VM (MCP servers, Python plugins, host tools), found by what a procedure writes
 * behind `use =`. Whoever brings a kind adds one of these to `ExternalTools`; nothing else knows the kinds.
 */
export interface ExternalToolSource {
  /** First word of its sources: `mcp` for `mcp.files.read_file`. */
  readonly prefix: string;
  readonly zone: ToolZone;
  /** Groups that are toolsets without being declared (each MCP server, `plugin`): the toolset's name and its source. */
  groups(): readonly { readonly name: string; readonly source: string }[];
  /**
   * What a source, prefix included, names; undefined when it names nothing. Throws ToolFailure when that can't be told
   * (a server that does not start).
   */
  find(source: string): ExternalFinding | undefined;
  /** Looks whether what was found before is still so; true when something must be found anew. */
  refresh?(): boolean;
  /** Why tools that the config asks for are not there. */
  absence?(): ToolFailure | undefined;
}

/** All external tools of a run. */
export class ExternalTools {
  readonly #sources = new Map<string, ExternalToolSource>();

  add(source: ExternalToolSource): void {
    this.#sources.set(source.prefix, source);
  }

  /** Where the tools of a source run; undefined for a source of no known kind. */
  zoneOf(source: string): ToolZone | undefined {
    return this.#sources.get(prefixOf(source))?.zone;
  }

  groups(): readonly { readonly name: string; readonly source: string }[] {
    return [...this.#sources.values()].flatMap((source) => source.groups());
  }

  find(source: string): ExternalFinding | undefined {
    return this.#sources.get(prefixOf(source))?.find(source);
  }

  /** Looks at all kinds whether their tools changed. */
  refresh(): boolean {
    return [...this.#sources.values()].filter((source) => source.refresh?.()).length > 0;
  }

  /** The source of one tool that is asked for by its source or by its name in one of the groups. */
  sourceOf(name: string): string | undefined {
    if (this.find(name)?.kind === "tool") return name;
    return this.groups()
      .map(({ source }) => `${source}.${name}`)
      .find((source) => this.find(source)?.kind === "tool");
  }

  /** Why a tool that nobody has may be missing. */
  absence(): ToolFailure | undefined {
    return [...this.#sources.values()].map((source) => source.absence?.()).find((reason) => reason);
  }

  /** The failure of a declaration whose source names nothing. */
  missing(owner: string, source: string): ToolFailure {
    const kinds = [...this.#sources.keys()];
    const known = kinds.includes(prefixOf(source));
    const advice = known
      ? "Check the name, and the configuration that declares it."
      : `A source begins with ${kinds.map((kind) => `'${kind}.'`).join(", ")}.`;
    return new ToolFailure("tool-missing", `${owner}: there is nothing behind '${source}'. ${advice}`);
  }
}

function prefixOf(source: string): string {
  const dot = source.indexOf(".");
  return dot === -1 ? source : source.slice(0, dot);
}

import type { Type } from "#language/semantics/types.ts";

/** What the configuration around a file offers to its procedures: names by kind. */
export interface ConfigurationFacts {
  /** Toolsets of the configuration, MCP servers included. */
  readonly toolsets: ReadonlySet<string>;
  readonly mcpServers: ReadonlySet<string>;
  readonly hostTools: ReadonlySet<string>;
  readonly providers: ReadonlySet<string>;
  readonly hasDefaultProvider: boolean;
  /** Tools may come from plugins, whose names only a run can know. */
  readonly hasPlugins: boolean;
  /** Whether any configuration was found: without one, nothing is said about what it lacks. */
  readonly isKnown: boolean;
}

/** What holds where no configuration was looked for. */
export const nothingConfigured: ConfigurationFacts = {
  toolsets: new Set(),
  mcpServers: new Set(),
  hostTools: new Set(),
  providers: new Set(),
  hasDefaultProvider: false,
  hasPlugins: false,
  isKnown: false,
};

/** What checks and features need to know of the files around one. */
export interface ProjectView {
  configurationOf(uri: string): ConfigurationFacts;
  /** Where `require(name)` of a file leads. */
  module(from: string, name: string): ModuleTarget;
  globalOfModules(from: string, name: string): Type | undefined;
  /** Every `.tac` file that is known. */
  procedureUris(): Iterable<string>;
}

export type ModuleTarget =
  | { readonly kind: "file"; readonly uri: string }
  | { readonly kind: "standard"; readonly name: string }
  /** `tactus.…` that the library does not have. */
  | { readonly kind: "unknown" }
  /** No such file among those that are known. */
  | { readonly kind: "missing"; readonly candidates: readonly string[] };

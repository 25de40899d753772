import type { GlobalUses } from "#language/manifest/sources/global-uses.ts";
import type { Program } from "#language/manifest/sources/program.ts";
import type { ResolvedConfig } from "#language/sidecar/resolved-config.ts";
import type { EntryList } from "./entry-list.ts";

/** One program whose entries are read. */
export interface Reading {
  readonly program: Program;
  readonly globals: GlobalUses;
  /** What the config gives to a run. */
  readonly config: ResolvedConfig;
  /** MCP servers that the config names, given or not. */
  readonly servers: ReadonlySet<string>;
  readonly list: EntryList;
}

import type { ConfigPath } from "#language/sidecar/config-path.ts";
import type { LimitName, ResolvedConfig } from "#language/sidecar/resolved-config.ts";

/**
 * How much trust something takes: `free` = anybody may (it tightens, or only names what the procedure could name itself),
 * `grant` = from a folder it takes a grant, `trusted` = only the person's own config may, grant or not.
 */
export type Trust = "free" | "grant" | "trusted";

/** One thing that a config file asks for. */
export interface Setting {
  readonly path: ConfigPath;
  readonly capability: string;
  readonly target: string;
  readonly needs: Trust;
  /** The limit that it sets, for the person's ceilings. */
  readonly amount?: { readonly limit: LimitName; readonly value: number };
  readonly apply: (config: ResolvedConfig) => ResolvedConfig;
}

/** Where settings come from. */
export interface SettingContext {
  readonly file: string;
  readonly trusted: boolean;
  /** Line (from 1) of the key at a path. */
  readonly lineOf: (path: ConfigPath) => number;
  /** What the layers below decided. */
  readonly below: ResolvedConfig;
}
